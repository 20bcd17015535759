"""Models: files in a datastore, or outputs of a job, with a type, flavors, a stage and their lineage."""

from __future__ import annotations

import re

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces import model_files, names
from course_runtime.emulator.services.workspaces.assets import ASSET_SHAPE, AssetContainers, AssetVersions
from course_runtime.emulator.store.resources import Stored

TYPES = ("custom_model", "mlflow_model", "triton_model", "preset_model")
JOB_OUTPUT = re.compile(
    r"(?:azureml:/*)jobs/(?P<job>[^/]+)/outputs/(?P<output>[^/]+)(?:/paths)?/?(?P<path>.*)"
)
RUN_FOLDER = re.compile(r"/workspaceartifactstore/paths/ExperimentRun/dcid\.(?P<job>[^/]+)")
RUN_ARTIFACT = re.compile(r"runs:/+(?P<job>[^/]+)/(?P<path>.*)")


class ModelContainers(AssetContainers):
    type = f"{names.WORKSPACES}/models"


class ModelVersions(AssetVersions):
    type = f"{names.WORKSPACES}/models/versions"
    spoken = "model"
    shape = ASSET_SHAPE | {"modelUri": str, "modelType": str, "jobName": str, "flavors": dict, "stage": str}
    fixed = ("modelUri", "modelType")
    may_change = "tags, description, stage, flavors, properties, and isArchived"

    def check(self, properties: Body, context: Context) -> None:
        kind = properties["modelType"] = properties.get("modelType") or "custom_model"
        if kind not in TYPES:
            raise user_error(f"The model type '{kind}' is not valid: one of {', '.join(TYPES)} was expected.")
        if not properties.get("modelUri"):
            raise user_error("'modelUri' is required: a model must say where its files are.")

    def complete(self, properties: Body, context: Context, existing: Stored | None) -> None:
        uri, job = resolved(str(properties["modelUri"]), context)
        kept = existing.properties.get("jobName") if existing else None
        properties["modelUri"] = uri
        properties["jobName"] = job or properties.get("jobName") or kept
        properties["flavors"] = properties.get("flavors") or {}
        properties["stage"] = properties.get("stage")
        if existing is None and properties["modelType"] == "mlflow_model":
            _describe(properties, context)

    def matches(self, stored: Stored, context: Context) -> bool:
        stage = context.query.get("stage")
        return super().matches(stored, context) and (not stage or stored.properties.get("stage") == stage)


def _describe(properties: Body, context: Context) -> None:
    """What the model's own MLmodel file says, where the one who registers it says nothing."""
    found = model_files.mlmodel(str(properties["modelUri"]), context)
    if found is None:
        return
    properties["flavors"] = properties["flavors"] or model_files.flavors(found)
    properties["properties"] = model_files.as_properties(found) | (properties.get("properties") or {})


def resolved(uri: str, context: Context) -> tuple[str, str | None]:
    """A job's output as the datastore path it lies at, with the job's name; any other URI as it is."""
    match = JOB_OUTPUT.match(uri) or RUN_ARTIFACT.match(uri)
    if match is None:
        lineage = RUN_FOLDER.search(uri)
        return uri, lineage["job"] if lineage else None
    job, path = match["job"], match["path"]
    output = match.groupdict().get("output", "artifacts")
    base = _artifacts(job, context) if output == "artifacts" else _output(job, output, context)
    return f"{base.rstrip('/')}/{path}".rstrip("/") + ("/" if uri.endswith("/") else ""), job


def _artifacts(job: str, context: Context) -> str:
    return f"{_datastores(context)}/workspaceartifactstore/paths/ExperimentRun/dcid.{job}"


def _output(job: str, output: str, context: Context) -> str:
    """Where the job says its output is, or where outputs go by default."""
    stored = context.cloud.resources.get(f"{names.outer_id(context)}/jobs/{job}")
    outputs = (stored.properties.get("outputs") or {}) if stored else {}
    uri = (outputs.get(output) or {}).get("uri")
    return str(uri or f"{_datastores(context)}/workspaceblobstore/paths/azureml/{job}/{output}")


def _datastores(context: Context) -> str:
    path = context.path
    workspace = f"subscriptions/{path.subscription}/resourcegroups/{path.group}/workspaces/{path.names[0]}"
    return f"azureml://{workspace}/datastores"
