"""Run history: runs, their details, children, events and tags. A request in, JSON out."""

from __future__ import annotations

from functools import partial

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.services.history import calls, job_entries, odata
from course_runtime.emulator.services.history.calls import Body, Call
from course_runtime.emulator.services.history.errors import bad_value
from course_runtime.emulator.services.history.moments import seconds_of
from course_runtime.emulator.services.history.run_shapes import details_body, run_body
from course_runtime.emulator.services.history.runs import DEFAULT_EXPERIMENT, INTERACTIVE, OVER, Run
from course_runtime.emulator.store.clock import iso

FIELDS = {
    "status": "status",
    "name": "display_name",
    "displayName": "display_name",
    "runType": "run_type",
    "target": "target",
    "hidden": "hidden",
    "description": "description",
    "inputs": "inputs",
    "outputs": "outputs",
    "error": "error",
}
"""What a client may write of a run, and what the store calls it."""
MOMENTS = {"startTimeUtc": "start", "endTimeUtc": "end"}
KEPT_AS_GIVEN = ("runDefinition", "jobSpecification", "scriptName", "primaryMetricName", "settings")
EVENTS = {
    "Queued": "Queued",
    "Provisioning": "Provisioning",
    "Preparing": "Preparing",
    "Start": "Running",
    "Finalizing": "Finalizing",
    "CancelRequested": "CancelRequested",
    "Completed": "Completed",
    "Failed": "Failed",
    "Canceled": "Canceled",
}
"""Microsoft.MachineLearning.Run.…, and the status that each of them brings."""


async def get(request: Request) -> Response:
    call = calls.opened(request, calls.READ_RUNS)
    return JSONResponse(run_body(_run(call), call.workspace))


async def details(request: Request) -> Response:
    call = calls.opened(request, calls.READ_RUNS)
    return JSONResponse(details_body(_run(call), call.workspace, call.cloud))


async def children(request: Request) -> Response:
    call = calls.opened(request, calls.READ_RUNS)
    run = _run(call)
    found = call.runs.list(call.id, parent=run.id, limit=_top(call), before=_continuation(call))
    return JSONResponse(_page(call, found, _top(call)))


async def query(request: Request) -> Response:
    """Runs of one experiment, newest first."""
    call = calls.opened(request, calls.READ_RUNS)
    body = await call.body()
    wanted = str(body.get("filter") or "")
    top = body.get("top") if isinstance(body.get("top"), int) else 500
    before = body.get("continuationToken")
    runs = call.runs.list(
        call.id, experiment_ids=[_experiment_id(call)], before=int(before) if before else None
    )
    found = [run for run in runs if not wanted or odata.holds(wanted, partial(_field, run))]
    shown = found[: max(int(top or 500), 1)]
    token = str(shown[-1].number) if len(found) > len(shown) else None
    value = [run_body(run, call.workspace) for run in shown]
    return JSONResponse({"value": value, "continuationToken": token, "nextLink": None})


async def token(request: Request) -> Response:
    """The run with a token for it: the one that asks has it already, and it is good for as long."""
    call = calls.opened(request, calls.READ_RUNS)
    shown = run_body(_run(call), call.workspace)
    given = request.headers["authorization"].partition(" ")[2]
    claims = call.cloud.keyring.read(given) or {}
    return JSONResponse(shown | {"token": given, "tokenExpiryTimeUtc": iso(float(claims.get("exp", 0)))})


async def rundata(request: Request) -> Response:
    """A run with the definitions that it was submitted with."""
    call = calls.opened(request, calls.READ_RUNS)
    run = call.runs.require(call.id, calls.text(await call.body(), "runId"))
    return JSONResponse(
        {
            "runMetadata": run_body(run, call.workspace),
            "runDefinition": run.definition.get("runDefinition"),
            "jobSpecification": run.definition.get("jobSpecification"),
            "systemSettings": None,
        }
    )


async def patch(request: Request) -> Response:
    """Change a run, or make it: which of the two, its name decides."""
    call = calls.opened(request, calls.WRITE_RUNS)
    run = _written(call, call.parameters["run"], await call.body())
    return JSONResponse(run_body(run, call.workspace))


async def patch_batch(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_RUNS)
    wanted = calls.objects(await call.body(), "runs")
    with call.cloud.database.transaction():
        runs = [_written(call, calls.text(one, "runId"), one) for one in wanted]
    return JSONResponse({"runs": {run.id: run_body(run, call.workspace) for run in runs}, "errors": {}})


async def event(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_RUNS)
    _happened(call, call.parameters["run"], await call.body())
    return Response(status_code=200)


async def events(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_RUNS)
    for one in calls.objects(await call.body(), "events"):
        data = one.get("data") or {}
        _happened(call, calls.text(data, "RunId" if "RunId" in data else "runId"), one)
    return JSONResponse({"errors": []})


async def delete_tags(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_RUNS)
    run = _run(call)
    names = (await call.body()).get("values") or []
    for name in names if isinstance(names, list) else [names]:
        call.runs.delete_tag(call.id, run.id, str(name))
    changed = call.runs.require(call.id, run.id)
    job_entries.mirror(call.cloud, call.workspace, changed)
    return JSONResponse(run_body(changed, call.workspace))


async def cancel(request: Request) -> Response:
    """The job behind the run is cancelled; a run that no job began just ends."""
    call = calls.opened(request, calls.WRITE_RUNS)
    run = _run(call)
    if run.is_over:
        return Response(status_code=200)
    if job_entries.is_executed(call.cloud, call.workspace, run):
        context = call.cloud.context(f"{call.id}/jobs/{run.id}", method="POST")
        call.cloud.registry.require(job_entries.JOBS).act("cancel", context)
    else:
        ended = call.runs.update(call.id, run.id, status="Canceled")
        job_entries.mirror(call.cloud, call.workspace, ended)
    return Response(status_code=200)


async def service_instances(request: Request) -> Response:
    """Endpoints on a job's nodes (Jupyter, VS Code, ...): the emulator's jobs open none."""
    call = calls.opened(request, calls.READ_RUNS)
    _run(call)
    return JSONResponse({"instances": {}})


async def ingested(request: Request) -> Response:
    """Metrics are there as soon as they are logged."""
    calls.opened(request, calls.READ_RUNS)
    return Response(status_code=200)


def _run(call: Call) -> Run:
    return call.runs.require(call.id, call.parameters["run"])


def _written(call: Call, run_id: str, body: Body) -> Run:
    existing = call.runs.get(call.id, run_id)
    if existing is None:
        existing = call.runs.create(
            call.id,
            run_id,
            experiment=_experiment_name(call, body),
            parent=body.get("parentRunId"),
            run_type=calls.text(body, "runType", INTERACTIVE),
            created_by=call.principal.name,
        )
        job_entries.add_entry(call.cloud, call.workspace, existing, call.principal)
    changes: Body = {ours: body[theirs] for theirs, ours in FIELDS.items() if body.get(theirs) is not None}
    changes |= {ours: seconds_of(body[theirs]) for theirs, ours in MOMENTS.items() if body.get(theirs)}
    given = {name: body[name] for name in KEPT_AS_GIVEN if body.get(name) is not None}
    if given:
        changes["definition"] = existing.definition | given
    changes |= {"tags": calls.texts(body, "tags"), "properties": calls.texts(body, "properties")}
    run = call.runs.update(call.id, run_id, **changes)
    if body.get("parameters"):
        call.runs.log_params(call.id, run_id, calls.texts(body, "parameters"))
    job_entries.mirror(call.cloud, call.workspace, run)
    return run


def _experiment_name(call: Call, body: Body) -> str:
    if "experiment" in call.parameters:
        return call.parameters["experiment"]
    if "experiment_id" in call.parameters:
        return call.runs.experiment_store.require(call.id, call.parameters["experiment_id"]).name
    return calls.text(body, "experimentName", DEFAULT_EXPERIMENT)


def _experiment_id(call: Call) -> str:
    if "experiment_id" in call.parameters:
        return call.parameters["experiment_id"]
    found = call.runs.experiment_store.named(call.id, call.parameters["experiment"])
    return found.id if found else ""


def _field(run: Run, name: str) -> odata.Value:
    """What a query calls `Tags/team`, `Status`, `ParentRunId`, ..."""
    first, _, key = name.partition("/")
    keyed = {"tags": run.tags, "properties": run.properties, "runtypev2": {}}
    if first.lower() in keyed:
        return keyed[first.lower()].get(key, odata.Absent())
    known: dict[str, odata.Value] = {
        "runid": run.id,
        "rootrunid": run.root,
        "parentrunid": run.parent,
        "status": run.status,
        "runtype": run.run_type,
        "name": run.display_name,
        "target": run.target,
        "hidden": run.hidden,
        "createdutc": run.created,
        "starttimeutc": run.start,
        "endtimeutc": run.end,
    }
    if first.lower() not in known:
        raise bad_value(f"'{name}' is not a field that runs can be filtered by.")
    return known[first.lower()]


def _happened(call: Call, run_id: str, body: Body) -> None:
    run = call.runs.require(call.id, run_id)
    name = calls.text(body, "name").rpartition("Run.")[2]
    data = body.get("data") or {}
    if name == "Error":
        error = data.get("ErrorResponse") or data.get("errorResponse") or data
        run = call.runs.update(call.id, run_id, error=error)
    elif name in EVENTS and not (run.is_over and EVENTS[name] not in OVER):
        run = call.runs.update(call.id, run_id, status=EVENTS[name])
    job_entries.mirror(call.cloud, call.workspace, run)


def _page(call: Call, found: list[Run], top: int) -> Body:
    token = str(found[-1].number) if top > 0 and len(found) == top else None
    page: Body = {"value": [run_body(run, call.workspace) for run in found], "continuationToken": token}
    if token:
        base = f"https://{call.request.scope['host']}{call.request.url.path}"
        page["nextLink"] = f"{base}?%24continuationToken={token}&%24top={top}"
    return page


def _top(call: Call) -> int:
    given = call.query.get("$top", "")
    return int(given) if given.isdecimal() and 0 < int(given) <= 1000 else 500


def _continuation(call: Call) -> int | None:
    given = call.query.get("$continuationToken") or call.query.get("continuationToken")
    if not given:
        return None
    if not given.isdecimal():
        raise bad_value(f"'{given}' is not a continuation token of this list.")
    return int(given)
