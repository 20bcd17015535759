"""MLflow's experiments."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.services.history.calls import Body, Call, objects, text
from course_runtime.emulator.services.history.mlflow import filters, shapes
from course_runtime.emulator.services.history.mlflow.errors import exists, invalid, missing
from course_runtime.emulator.services.history.mlflow.paging import page
from course_runtime.emulator.services.history.runs import DEFAULT_EXPERIMENT, Experiment

DEFAULT_ID = "0"
"""What MLflow calls the experiment of a script that names none."""


def find(call: Call, experiment_id: str) -> Experiment:
    if experiment_id == DEFAULT_ID:
        return call.runs.experiment_store.ensure(call.id, DEFAULT_EXPERIMENT)
    found = call.runs.experiment_store.get(call.id, experiment_id)
    if found is None:
        raise missing(f"The experiment with the id '{experiment_id}'")
    return found


def create(call: Call, given: Body) -> Body:
    name = text(given, "name")
    found = call.runs.experiment_store.named(call.id, name)
    if found:
        state = " in deleted state" if found.archived else ""
        raise exists(f"The experiment '{name}'{state}")
    made = call.runs.experiment_store.create(call.id, name, tags_of(given))
    return {"experiment_id": made.id}


def get(call: Call, given: Body) -> Body:
    return {"experiment": shapes.experiment_body(call, find(call, text(given, "experiment_id")))}


def get_by_name(call: Call, given: Body) -> Body:
    name = text(given, "experiment_name")
    found = call.runs.experiment_store.named(call.id, name)
    if found is None:
        raise missing(f"The experiment '{name}'")
    return {"experiment": shapes.experiment_body(call, found)}


def update(call: Call, given: Body) -> Body:
    call.runs.experiment_store.update(
        find(call, text(given, "experiment_id")), name=given.get("new_name") or None
    )
    return {}


def delete(call: Call, given: Body) -> Body:
    call.runs.experiment_store.update(find(call, text(given, "experiment_id")), archived=True)
    return {}


def restore(call: Call, given: Body) -> Body:
    call.runs.experiment_store.update(find(call, text(given, "experiment_id")), archived=False)
    return {}


def set_tag(call: Call, given: Body) -> Body:
    experiment = find(call, text(given, "experiment_id"))
    call.runs.experiment_store.update(experiment, tags={text(given, "key"): text(given, "value", "")})
    return {}


def delete_tag(call: Call, given: Body) -> Body:
    experiment = find(call, text(given, "experiment_id"))
    call.runs.experiment_store.delete_tag(experiment, text(given, "key"))
    return {}


def search(call: Call, given: Body) -> Body:
    view = str(given.get("view_type") or "ACTIVE_ONLY")
    found = [one for one in call.runs.experiments(call.id) if in_view(one.archived, view)]
    found = filters.matching(found, given.get("filter"), _look)
    found.sort(key=lambda one: one.updated, reverse=True)
    shown, token = page(filters.ordered(found, given.get("order_by") or [], _look), given, 1000)
    body: Body = {"experiments": [shapes.experiment_body(call, one) for one in shown]}
    return body | token


def in_view(hidden: bool, view: str) -> bool:
    return view == "ALL" or hidden == (view == "DELETED_ONLY")


def tags_of(given: Body) -> dict[str, str]:
    return {text(one, "key"): text(one, "value", "") for one in objects(given, "tags")}


def _look(experiment: Experiment, kind: str, key: str) -> Any:
    if kind == "tag":
        return experiment.tags.get(key)
    known = {
        "name": experiment.name,
        "experiment_id": experiment.id,
        "creation_time": shapes.milliseconds(experiment.created),
        "last_update_time": shapes.milliseconds(experiment.updated),
    }
    if key not in known:
        raise invalid(f"Invalid attribute key '{key}' specified. Valid keys are {', '.join(known)}.")
    return known[key]
