"""MLflow's registered models: the containers of the workspace's models."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.context import Context
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.history.calls import Body, Call, text
from course_runtime.emulator.services.history.mlflow import (
    experiments,
    filters,
    model_versions,
    shapes,
    stored_models,
)
from course_runtime.emulator.services.history.mlflow.errors import exists, invalid
from course_runtime.emulator.services.history.mlflow.paging import page
from course_runtime.emulator.services.workspaces.models import ModelContainers
from course_runtime.emulator.store.resources import Stored


def create(call: Call, given: Body) -> Body:
    name = text(given, "name")
    if stored_models.model(call, name):
        raise exists(f"Registered Model (name={name})")
    context = Context(call.cloud, call.principal, parse(f"{call.id}/models/{name}"), "PUT")
    resource = call.cloud.registry.require(ModelContainers.type)
    resource.require_name(name)
    properties = {"tags": experiments.tags_of(given), "description": given.get("description")}
    return {"registered_model": body(call, resource.write(context, {"properties": properties}, None))}


def get(call: Call, given: Body) -> Body:
    return {"registered_model": body(call, stored_models.require_model(call, given))}


def update(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    model.properties["description"] = given.get("description")
    return {"registered_model": body(call, stored_models.keep(call, model))}


def delete(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    context = call.cloud.context(model.id, method="DELETE")
    call.cloud.registry.require(ModelContainers.type).remove(model, context)
    return {}


def search(call: Call, given: Body) -> Body:
    models = stored_models.models(call)
    models.sort(key=lambda one: one.name)
    found = filters.matching(models, given.get("filter"), _look)
    shown, token = page(filters.ordered(found, given.get("order_by") or [], _look), given, 100)
    answer: Body = {"registered_models": [body(call, one) for one in shown]}
    return answer | token


def set_tag(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    model.properties["tags"][text(given, "key")] = text(given, "value", "")
    stored_models.keep(call, model)
    return {}


def delete_tag(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    model.properties["tags"].pop(text(given, "key"), None)
    stored_models.keep(call, model)
    return {}


def set_alias(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    version = stored_models.require_version(call, given)
    aliases = stored_models.aliases(model) | {text(given, "alias"): version.name}
    model.secrets[stored_models.ALIASES] = aliases
    stored_models.keep(call, model)
    return {}


def delete_alias(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    aliases = stored_models.aliases(model)
    aliases.pop(text(given, "alias"), None)
    model.secrets[stored_models.ALIASES] = aliases
    stored_models.keep(call, model)
    return {}


def by_alias(call: Call, given: Body) -> Body:
    model, alias = stored_models.require_model(call, given), text(given, "alias")
    version = stored_models.aliases(model).get(alias)
    if version is None:
        raise invalid(f"Registered model alias {alias} not found.")
    found = stored_models.require_version(call, {"name": model.name, "version": version})
    return {"model_version": model_versions.body(call, found)}


def latest_versions(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    wanted = {str(one).lower() for one in given.get("stages") or []}
    found = [one for one in _latest(call, model) if not wanted or one["current_stage"].lower() in wanted]
    return {"model_versions": found}


def body(call: Call, model: Stored) -> Body:
    return {
        "name": model.name,
        "creation_timestamp": stored_models.moment(model, "createdAt"),
        "last_updated_timestamp": stored_models.moment(model, "lastModifiedAt"),
        "user_id": model.body["systemData"]["createdBy"],
        "description": model.properties.get("description") or "",
        "latest_versions": _latest(call, model),
        "tags": shapes.pairs(model.properties.get("tags") or {}),
        "aliases": [
            {"alias": alias, "version": version} for alias, version in stored_models.aliases(model).items()
        ],
    }


def _latest(call: Call, model: Stored) -> list[Body]:
    """The newest version in each stage."""
    newest: dict[str, Body] = {}
    for version in stored_models.versions(call, model.name):
        shown = model_versions.body(call, version)
        newest[shown["current_stage"]] = shown
    return list(newest.values())


def _look(model: Stored, kind: str, key: str) -> Any:
    if kind == "tag":
        return stored_models.tag(model, key)
    known = {
        "name": model.name,
        "creation_timestamp": stored_models.moment(model, "createdAt"),
        "timestamp": stored_models.moment(model, "lastModifiedAt"),
        "last_updated_timestamp": stored_models.moment(model, "lastModifiedAt"),
    }
    if key not in known:
        raise invalid(f"Invalid attribute key '{key}' specified. Valid keys are {', '.join(known)}.")
    return known[key]
