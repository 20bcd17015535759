"""MLflow 3's logged models. Their files lie with the run that made them, under the model's name."""

from __future__ import annotations

from itertools import count
from typing import Any

from course_runtime.emulator.services.history import artifacts
from course_runtime.emulator.services.history.calls import Body, Call, text
from course_runtime.emulator.services.history.logged_model_store import LoggedModel
from course_runtime.emulator.services.history.mlflow import experiments, filters, shapes
from course_runtime.emulator.services.history.mlflow.errors import invalid, missing
from course_runtime.emulator.services.history.mlflow.paging import page

STATUSES = ("LOGGED_MODEL_PENDING", "LOGGED_MODEL_READY", "LOGGED_MODEL_UPLOAD_FAILED")


def create(call: Call, given: Body) -> Body:
    experiment = experiments.find(call, text(given, "experiment_id", experiments.DEFAULT_ID))
    run_id, name = text(given, "source_run_id", ""), text(given, "name", "")
    if run_id:
        call.runs.require(call.id, run_id)
    made = call.runs.logged_models.create(
        call.id,
        experiment.id,
        name,
        run_id=run_id,
        folder=_free_folder(call, experiment.id, run_id, name) if name and run_id else "",
        model_type=text(given, "model_type", ""),
        creator=call.principal.name,
        tags=experiments.tags_of(given),
        params=experiments.tags_of({"tags": given.get("params")}),
    )
    return _body(call, made)


def get(call: Call, given: Body) -> Body:
    return _body(call, _find(call))


def finalize(call: Call, given: Body) -> Body:
    status = text(given, "status")
    if status not in STATUSES:
        raise invalid(
            f"'{status}' is not a logged model's status: one of {', '.join(STATUSES)} was expected."
        )
    return _body(call, call.runs.logged_models.update(call.id, _find(call), status=status))


def delete(call: Call, given: Body) -> Body:
    call.runs.logged_models.delete(call.id, _find(call).id)
    return {}


def set_tags(call: Call, given: Body) -> Body:
    model = _find(call)
    tags = model.tags | experiments.tags_of(given)
    return _body(call, call.runs.logged_models.update(call.id, model, tags=tags))


def delete_tag(call: Call, given: Body) -> Body:
    model, name = _find(call), call.parameters["tag"]
    if name not in model.tags:
        raise missing(f"The tag '{name}' of the logged model '{model.id}'")
    tags = {key: value for key, value in model.tags.items() if key != name}
    call.runs.logged_models.update(call.id, model, tags=tags)
    return {}


def log_params(call: Call, given: Body) -> Body:
    model = _find(call)
    params = model.params | experiments.tags_of({"tags": given.get("params")})
    call.runs.logged_models.update(call.id, model, params=params)
    return {}


def search(call: Call, given: Body) -> Body:
    wanted = [experiments.find(call, str(one)).id for one in given.get("experiment_ids") or []]
    found = call.runs.logged_models.of_experiments(call.id, wanted)
    found = filters.matching(found[::-1], given.get("filter"), _look)
    order = [
        f"{one.get('field_name')} {'ASC' if one.get('ascending', True) else 'DESC'}"
        for one in given.get("order_by") or []
    ]
    shown, token = page(filters.ordered(found, order, _look), given, 100)
    body: Body = {"models": [_body(call, one)["model"] for one in shown]}
    return body | token


def location(call: Call, model: LoggedModel) -> str:
    """In the run's own artifacts, so that `runs:/{run}/{name}` and the job's outputs lead to it too."""
    if model.run_id:
        return f"{shapes.artifact_uri(call, model.experiment_id, model.run_id)}/{model.folder or model.id}"
    if shapes.is_plain(call):
        return f"mlflow-artifacts:/datastores/workspaceartifactstore/LoggedModels/{model.id}/artifacts"
    return f"azureml://artifacts/LoggedModels/{model.id}/artifacts"


def _free_folder(call: Call, experiment_id: str, run_id: str, name: str) -> str:
    """The name itself for the first model of that name in the run; files are never written over."""
    models = call.runs.logged_models.of_experiments(call.id, [experiment_id])
    taken = {one.folder for one in models if one.run_id == run_id}
    folder = artifacts.clean(name)
    place = artifacts.run_place(call.cloud, call.workspace, run_id)
    if folder not in taken and next(place.at(folder).files(), None) is None:
        return folder
    return next(other for number in count(2) if (other := f"{folder}_{number}") not in taken)


def _find(call: Call) -> LoggedModel:
    return call.runs.logged_models.require(call.id, call.parameters["model"])


def _body(call: Call, model: LoggedModel) -> Body:
    info = {
        "model_id": model.id,
        "experiment_id": model.experiment_id,
        "name": model.name,
        "creation_timestamp_ms": shapes.milliseconds(model.created),
        "last_updated_timestamp_ms": shapes.milliseconds(model.updated),
        "artifact_uri": location(call, model),
        "status": model.status,
        "status_message": model.status_message,
        "creator_id": 0,
        "model_type": model.model_type,
        "source_run_id": model.run_id,
        "tags": shapes.pairs(model.tags),
        "registrations": [],
    }
    return {"model": {"info": info, "data": {"params": shapes.pairs(model.params), "metrics": model.metrics}}}


def _look(model: LoggedModel, kind: str, key: str) -> Any:
    if kind == "metric":
        values = [one["value"] for one in model.metrics if one["key"] == key]
        return float(values[-1]) if values else None
    if kind == "param":
        return model.params.get(key)
    if kind == "tag":
        return model.tags.get(key)
    known = {
        "name": model.name,
        "model_id": model.id,
        "model_type": model.model_type,
        "status": model.status.removeprefix("LOGGED_MODEL_"),
        "source_run_id": model.run_id,
        "creation_time": shapes.milliseconds(model.created),
        "creation_timestamp": shapes.milliseconds(model.created),
        "last_updated_timestamp": shapes.milliseconds(model.updated),
        "experiment_id": model.experiment_id,
    }
    if key not in known:
        raise invalid(f"Invalid attribute key '{key}' specified. Valid keys are {', '.join(known)}.")
    return known[key]
