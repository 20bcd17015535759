"""MLflow's runs: begin, end, find."""

from __future__ import annotations

import uuid
from typing import Any

from course_runtime.emulator.services.history import job_entries
from course_runtime.emulator.services.history.calls import Body, Call, objects, text
from course_runtime.emulator.services.history.display_names import made_up
from course_runtime.emulator.services.history.mlflow import experiments, filters, shapes
from course_runtime.emulator.services.history.mlflow.errors import invalid
from course_runtime.emulator.services.history.mlflow.paging import page
from course_runtime.emulator.services.history.runs import INTERACTIVE, Metric, Run

NAME_TAG, PARENT_TAG, NOTE_TAG = "mlflow.runName", "mlflow.parentRunId", "mlflow.note.content"
ATTRIBUTES = ("run_id", "run_name", "status", "user_id", "start_time", "end_time", "artifact_uri", "created")


def create(call: Call, given: Body) -> Body:
    experiment = experiments.find(call, text(given, "experiment_id", experiments.DEFAULT_ID))
    tags = experiments.tags_of(given)
    run_id = str(uuid.uuid4())
    start = given.get("start_time")
    run = call.runs.create(
        call.id,
        run_id,
        experiment=experiment.name,
        parent=tags.get(PARENT_TAG),
        run_type=INTERACTIVE,
        display_name=text(given, "run_name", "") or tags.get(NAME_TAG) or made_up(),
        tags=tags,
        status="Running",
        start=None if start is None else shapes.whole_in(start, "start_time") / 1000,
        created_by=call.principal.name,
        description=tags.get(NOTE_TAG),
    )
    job_entries.add_entry(call.cloud, call.workspace, run, call.principal)
    return {"run": shapes.run_body(call, run, {})}


def get(call: Call, given: Body) -> Body:
    run = find(call, given)
    return {"run": shapes.run_body(call, run, call.runs.latest_metrics(call.id, run.id))}


def update(call: Call, given: Body) -> Body:
    """The status of a run that a job executes is the job's to say: only the name changes then."""
    run = find(call, given)
    changes: Body = {}
    if given.get("run_name"):
        changes["display_name"] = text(given, "run_name")
    status = given.get("status")
    if status is not None and not job_entries.is_executed(call.cloud, call.workspace, run):
        if status not in shapes.TO_AZURE:
            raise invalid(
                f"'{status}' is not a run's status: one of {', '.join(shapes.TO_AZURE)} was expected."
            )
        changes["status"] = shapes.TO_AZURE[status]
        if given.get("end_time") is not None:
            changes["end"] = shapes.whole_in(given["end_time"], "end_time") / 1000
    return {"run_info": shapes.info(call, changed(call, run, changes))}


def delete(call: Call, given: Body) -> Body:
    changed(call, find(call, given), {"hidden": True})
    return {}


def restore(call: Call, given: Body) -> Body:
    changed(call, find(call, given), {"hidden": False})
    return {}


def search(call: Call, given: Body) -> Body:
    ids = [str(one) for one in given.get("experiment_ids") or []]
    wanted = [experiments.find(call, one).id if one == experiments.DEFAULT_ID else one for one in ids]
    view = str(given.get("run_view_type") or "ACTIVE_ONLY")
    hidden = None if view == "ALL" else view == "DELETED_ONLY"
    runs = call.runs.list(call.id, experiment_ids=wanted, hidden=hidden)
    metrics = call.runs.metric_store.latest([run.number for run in runs])

    def look(run: Run, kind: str, key: str) -> Any:
        return _look(call, run, metrics[run.number], kind, key)

    runs.sort(key=lambda run: run.created if run.start is None else run.start, reverse=True)
    found = filters.matching(runs, given.get("filter"), look)
    found = filters.ordered(found, given.get("order_by") or [], look)
    shown, token = page(found, given, 1000)
    body: Body = {"runs": [shapes.run_body(call, run, metrics[run.number]) for run in shown]}
    return body | token


def log_inputs(call: Call, given: Body) -> Body:
    """The data sets that a script read, each once."""
    run = active(call, given)
    kept = {_dataset_key(one): one for one in [*run.datasets, *objects(given, "datasets")]}
    models = [*run.inputs.get("mlflow_models", []), *objects(given, "models")]
    inputs = run.inputs | ({"mlflow_models": models} if models else {})
    changed(call, run, {"datasets": list(kept.values()), "inputs": inputs})
    return {}


def log_outputs(call: Call, given: Body) -> Body:
    run = active(call, given)
    changed(call, run, {"models": [*run.models, *objects(given, "models")]})
    return {}


def find(call: Call, given: Body) -> Run:
    run_id = given.get("run_id") or given.get("run_uuid")
    return call.runs.require(call.id, text({"run_id": run_id}, "run_id"))


def active(call: Call, given: Body) -> Run:
    run = find(call, given)
    if run.hidden:
        raise invalid(
            f"The run {run.id} must be in the 'active' state. Current state is deleted: restore it first."
        )
    return run


def changed(call: Call, run: Run, changes: Body) -> Run:
    after = call.runs.update(call.id, run.id, **changes)
    job_entries.mirror(call.cloud, call.workspace, after)
    return after


def _dataset_key(given: Body) -> tuple[str, str]:
    dataset = given.get("dataset") or {}
    return str(dataset.get("name")), str(dataset.get("digest"))


def _look(call: Call, run: Run, metrics: dict[str, Metric], kind: str, key: str) -> Any:
    if kind == "metric":
        return metrics[key].value if key in metrics else None
    if kind == "param":
        return run.params.get(key)
    if kind == "tag":
        return shapes.tags(run).get(key)
    if kind == "dataset":
        values = [(one.get("dataset") or {}).get(key) for one in run.datasets]
        return next((value for value in values if value), None)
    name = key.lower().replace(" ", "_")
    if name not in ATTRIBUTES:
        raise invalid(f"Invalid attribute key '{key}' specified. Valid keys are '{', '.join(ATTRIBUTES)}'.")
    return shapes.info(call, run).get("start_time" if name == "created" else name)
