"""MLflow's model versions: the same models that `ml_client.models` lists."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.context import Context
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.history import artifacts
from course_runtime.emulator.services.history.calls import Body, Call, text
from course_runtime.emulator.services.history.mlflow import (
    experiments,
    filters,
    shapes,
    sources,
    stored_models,
)
from course_runtime.emulator.services.history.mlflow.errors import invalid
from course_runtime.emulator.services.history.mlflow.paging import page
from course_runtime.emulator.services.workspaces.assets import following
from course_runtime.emulator.services.workspaces.models import ModelVersions
from course_runtime.emulator.store.resources import Stored

STAGES = ("None", "Staging", "Production", "Archived")
RUN_LINK, MODEL_ID, RUN_ID = "mlflow.runLink", "mlflow.modelId", "mlflow.runId"


def create(call: Call, given: Body) -> Body:
    model = stored_models.require_model(call, given)
    uri = sources.model_uri(call, text(given, "source"))
    run_id = text(given, "run_id", "")
    more = {RUN_ID: run_id, MODEL_ID: given.get("model_id"), RUN_LINK: given.get("run_link")}
    properties = {
        "modelUri": uri,
        "modelType": "mlflow_model" if _has_mlmodel(call, uri) else "custom_model",
        "jobName": run_id or None,
        "description": given.get("description"),
        "tags": experiments.tags_of(given),
        "properties": {name: str(value) for name, value in more.items() if value},
    }
    version = following(stored_models.versions(call, model.name))
    path = parse(f"{model.id}/versions/{version}")
    resource = call.cloud.registry.require(ModelVersions.type)
    context = Context(call.cloud, call.principal, path, "PUT")
    return {"model_version": body(call, resource.write(context, {"properties": properties}, None))}


def get(call: Call, given: Body) -> Body:
    return {"model_version": body(call, stored_models.require_version(call, given))}


def update(call: Call, given: Body) -> Body:
    version = stored_models.require_version(call, given)
    version.properties["description"] = given.get("description")
    return {"model_version": body(call, stored_models.keep(call, version))}


def transition(call: Call, given: Body) -> Body:
    stage = _stage(text(given, "stage"))
    version = stored_models.require_version(call, given)
    archive = str(given.get("archive_existing_versions", False)).lower() == "true"
    with call.cloud.database.transaction():
        for other in stored_models.versions(call, parse(version.id).names[1]) if archive else []:
            if other.id != version.id and stage_of(other) == stage:
                other.properties["stage"] = "Archived"
                stored_models.keep(call, other)
        version.properties["stage"] = None if stage == "None" else stage
        stored_models.keep(call, version)
    return {"model_version": body(call, version)}


def delete(call: Call, given: Body) -> Body:
    version = stored_models.require_version(call, given)
    context = call.cloud.context(version.id, method="DELETE")
    call.cloud.registry.require(ModelVersions.type).remove(version, context)
    return {}


def download_uri(call: Call, given: Body) -> Body:
    uri = str(stored_models.require_version(call, given).properties["modelUri"])
    return {"artifact_uri": sources.download_uri(call, uri)}


def search(call: Call, given: Body) -> Body:
    models = stored_models.models(call)
    versions = [one for model in models for one in stored_models.versions(call, model.name)]
    versions.sort(key=lambda one: stored_models.moment(one, "lastModifiedAt"), reverse=True)
    found = filters.matching(versions, given.get("filter"), _look)
    shown, token = page(filters.ordered(found, given.get("order_by") or [], _look), given, 10_000)
    answer: Body = {"model_versions": [body(call, one) for one in shown]}
    return answer | token


def set_tag(call: Call, given: Body) -> Body:
    version = stored_models.require_version(call, given)
    version.properties["tags"][text(given, "key")] = text(given, "value", "")
    stored_models.keep(call, version)
    return {}


def delete_tag(call: Call, given: Body) -> Body:
    version = stored_models.require_version(call, given)
    version.properties["tags"].pop(text(given, "key"), None)
    stored_models.keep(call, version)
    return {}


def body(call: Call, version: Stored) -> Body:
    name = parse(version.id).names[1]
    properties = version.properties
    more = properties.get("properties") or {}
    aliases = stored_models.aliases(stored_models.model(call, name))
    shown = {
        "name": name,
        "version": version.name,
        "creation_timestamp": stored_models.moment(version, "createdAt"),
        "last_updated_timestamp": stored_models.moment(version, "lastModifiedAt"),
        "user_id": version.body["systemData"]["createdBy"],
        "current_stage": stage_of(version),
        "description": properties.get("description") or "",
        "source": sources.download_uri(call, str(properties["modelUri"])),
        "run_id": run_of(version),
        "run_link": more.get(RUN_LINK) or "",
        "status": "READY",
        "tags": shapes.pairs(properties.get("tags") or {}),
        "aliases": [alias for alias, holder in aliases.items() if holder == version.name],
    }
    return shown | ({"model_id": more[MODEL_ID]} if more.get(MODEL_ID) else {})


def stage_of(version: Stored) -> str:
    return str(version.properties.get("stage") or "None")


def run_of(version: Stored) -> str:
    more = version.properties.get("properties") or {}
    return str(version.properties.get("jobName") or more.get(RUN_ID) or "")


def _stage(given: str) -> str:
    found = next((one for one in STAGES if one.lower() == given.lower()), None)
    if found is None:
        raise invalid(f"Invalid Model Version stage: {given}. Value must be one of {', '.join(STAGES)}.")
    return found


def _has_mlmodel(call: Call, uri: str) -> bool:
    place = artifacts.place_of(call.cloud, call.workspace, uri)
    return place is not None and place.at("MLmodel").blob() is not None


def _look(version: Stored, kind: str, key: str) -> Any:
    if kind == "tag":
        return stored_models.tag(version, key)
    known = {
        "name": parse(version.id).names[1],
        "version_number": _number(version.name),
        "version": version.name,
        "run_id": run_of(version),
        "source_path": version.properties["modelUri"],
        "current_stage": stage_of(version),
        "creation_timestamp": stored_models.moment(version, "createdAt"),
        "last_updated_timestamp": stored_models.moment(version, "lastModifiedAt"),
    }
    if key not in known:
        raise invalid(f"Invalid attribute key '{key}' specified. Valid keys are {', '.join(known)}.")
    return known[key]


def _number(version: str) -> float | str:
    return float(version) if version.isdecimal() else version
