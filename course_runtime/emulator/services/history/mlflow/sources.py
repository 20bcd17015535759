"""Where a registered model's files are: from what MLflow calls the source to a datastore path, and back."""

from __future__ import annotations

import re
from urllib.parse import unquote

from course_runtime.emulator.services.history import artifacts
from course_runtime.emulator.services.history.artifacts import ARTIFACT_STORE, RUN_ORIGIN, datastore_uri
from course_runtime.emulator.services.history.calls import Call
from course_runtime.emulator.services.history.mlflow import logged_models, shapes
from course_runtime.emulator.services.history.mlflow.errors import invalid, missing

RUN_FILES = re.compile(r"(?:azureml|mlflow-artifacts):/.*?(?P<run>[^/]+)/artifacts(?:/(?P<path>.*))?")
UPLOADED = re.compile(r"azureml://artifacts/(?P<origin>[^/]+)/(?P<path>.+)")
PROXIED = re.compile(r"mlflow-artifacts:/+(?:[^/]+\.ms/+)?datastores/(?P<datastore>[^/]+)/(?P<path>.+)")
OF_A_RUN = re.compile(rf"{RUN_ORIGIN}/dcid\.(?P<run>[^/]+)(?:/(?P<path>.*))?")
LOGGED = re.compile(r"models:/+(?P<id>m-[0-9a-f]{32})")
REGISTERED = re.compile(r"models:/+(?P<name>[^/]+)/(?P<version>[^/]+)")


def model_uri(call: Call, source: str) -> str:
    """The place that a source names, as models are registered with it."""
    logged = LOGGED.fullmatch(source)
    if logged:
        source = logged_models.location(call, call.runs.logged_models.require(call.id, logged["id"]))
    registered = REGISTERED.fullmatch(source)
    if registered:
        return _registered(call, registered["name"], registered["version"])
    for pattern in (PROXIED, UPLOADED):
        if found := pattern.fullmatch(source):
            return _uploaded(call, found)
    if found := RUN_FILES.fullmatch(source):
        path = artifacts.clean(unquote(found["path"] or ""))
        return datastore_uri(call.workspace, ARTIFACT_STORE, f"{RUN_ORIGIN}/dcid.{found['run']}/{path}")
    if re.match(r"(azureml|runs|https|wasbs|abfss):", source):
        return source
    raise invalid(
        f"Invalid model version source: '{source}'. The files of a model must be in the cloud: give the address of "
        "a run's artifact (runs:/RUN/model), of a job's output or of a path in a datastore."
    )


def download_uri(call: Call, uri: str) -> str:
    """The address under which that client finds the files."""
    found = artifacts.DATASTORE_PATH.fullmatch(uri)
    if found is None:
        place = artifacts.place_of(call.cloud, call.workspace, uri)
        if place is None:
            return uri
        return _download(call, f"blob.{place.account.name}.{place.container}", place.prefix)
    datastore, path = found["datastore"], artifacts.clean(found["path"])
    run = OF_A_RUN.fullmatch(path) if datastore == ARTIFACT_STORE else None
    known = call.runs.get(call.id, run["run"]) if run else None
    if run and known:
        inner = f"/{run['path']}" if run["path"] else ""
        return shapes.artifact_uri(call, known.experiment_id, known.id) + inner
    return _download(call, datastore, path)


def _download(call: Call, origin: str, path: str) -> str:
    if shapes.is_plain(call):
        return f"mlflow-artifacts:/datastores/{origin}/{path}"
    return f"azureml://artifacts/{origin}/{path}"


def _uploaded(call: Call, found: re.Match[str]) -> str:
    parts = found.groupdict()
    origin, path = parts.get("datastore") or parts["origin"], parts["path"]
    if origin.startswith("blob."):
        return artifacts.origin_place(call.cloud, call.workspace, origin, path).url()
    if call.cloud.resources.get(f"{call.id}/datastores/{origin}"):
        return datastore_uri(call.workspace, origin, path)
    return datastore_uri(call.workspace, ARTIFACT_STORE, f"{origin}/{path}")


def _registered(call: Call, name: str, version: str) -> str:
    stored = call.cloud.resources.get(f"{call.id}/models/{name}/versions/{version}")
    if stored is None:
        raise missing(f"The model '{name}' with the version '{version}'")
    return str(stored.properties["modelUri"])
