"""Run history: experiments, by name and by id."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.services.history import calls
from course_runtime.emulator.services.history.calls import Call
from course_runtime.emulator.services.history.errors import experiment_not_found
from course_runtime.emulator.services.history.run_shapes import experiment_body
from course_runtime.emulator.services.history.runs import Experiment


async def get(request: Request) -> Response:
    call = calls.opened(request, calls.READ_EXPERIMENTS)
    return JSONResponse(experiment_body(_experiment(call)))


async def create(request: Request) -> Response:
    """The experiment of that name, made when it is not there."""
    call = calls.opened(request, calls.WRITE_EXPERIMENTS)
    name = call.parameters["experiment"]
    return JSONResponse(experiment_body(call.runs.experiment_store.ensure(call.id, name)))


async def update(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_EXPERIMENTS)
    body = await call.body()
    changed = call.runs.experiment_store.update(
        _experiment(call),
        name=body.get("name"),
        archived=body.get("archive") if isinstance(body.get("archive"), bool) else None,
        tags=calls.texts(body, "tags"),
    )
    return JSONResponse(experiment_body(changed))


async def delete(request: Request) -> Response:
    call = calls.opened(request, calls.DELETE_EXPERIMENTS)
    call.runs.experiment_store.update(_experiment(call), archived=True)
    return Response(status_code=200)


async def delete_tags(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_EXPERIMENTS)
    experiment = _experiment(call)
    for name in (await call.body()).get("values") or []:
        experiment = call.runs.experiment_store.delete_tag(experiment, str(name))
    return JSONResponse(experiment_body(experiment))


async def query(request: Request) -> Response:
    call = calls.opened(request, calls.READ_EXPERIMENTS)
    body = await call.body()
    view = str(body.get("viewType") or call.query.get("viewType") or "ActiveOnly").lower()
    found = [
        one
        for one in call.runs.experiments(call.id)
        if view in ("all", "default") or one.archived == (view == "archivedonly")
    ]
    return JSONResponse({"value": [experiment_body(one) for one in found], "continuationToken": None})


def _experiment(call: Call) -> Experiment:
    store = call.runs.experiment_store
    if "experiment_id" in call.parameters:
        return store.require(call.id, call.parameters["experiment_id"])
    found = store.named(call.id, call.parameters["experiment"])
    if found is None:
        raise experiment_not_found(call.parameters["experiment"])
    return found
