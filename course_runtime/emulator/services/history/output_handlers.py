"""What the asset services are asked after a job: where do its outputs lie?"""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history import calls
from course_runtime.emulator.services.history.artifacts import datastore_uri
from course_runtime.emulator.services.history.calls import Body, Call
from course_runtime.emulator.services.registries.names import WORKSPACE_ASSET

JOB_OUTPUT = re.compile(
    r"azureml_(?P<job>.+)_output_(?:data|mlflow_log_model|custom_model|model)_(?P<output>.+)"
)
"""The name that an output has before anybody registers it."""
DATA_TYPES = {"uri_file": "UriFile", "uri_folder": "UriFolder", "mltable": "MLTable"}


async def data_uris(request: Request) -> Response:
    call = calls.opened(request, calls.READ_DATA)
    found = {}
    for asset_id in await _wanted(call):
        uri, kind = _resolved(call, asset_id, "data")
        found[asset_id] = {"uri": uri, "type": DATA_TYPES.get(kind, kind)}
    return JSONResponse({"values": found})


async def model_uris(request: Request) -> Response:
    call = calls.opened(request, calls.READ_MODELS)
    found = {}
    for asset_id in await _wanted(call):
        uri, kind = _resolved(call, asset_id, "models")
        found[asset_id] = {"path": uri, "type": kind}
    return JSONResponse({"values": found})


async def _wanted(call: Call) -> list[str]:
    values = (await call.body()).get("values")
    if not isinstance(values, list):
        raise AzureError(400, "ValidationError", "'values' must be a list of asset ids.")
    return [str(one) for one in values]


def _resolved(call: Call, asset_id: str, kind: str) -> tuple[str, str]:
    """The place and the type of an asset, or of an output that was never registered."""
    match = WORKSPACE_ASSET.fullmatch(asset_id)
    name, version = (match["name"], match["version"]) if match else (asset_id, "")
    stored = call.cloud.resources.get(f"{call.id}/{kind}/{name}/versions/{version}")
    if stored:
        uri_field, type_field = ("dataUri", "dataType") if kind == "data" else ("modelUri", "modelType")
        return str(stored.properties[uri_field]), str(stored.properties[type_field])
    output = JOB_OUTPUT.fullmatch(name)
    found = _output(call, output["job"], output["output"]) if output else None
    if found is None:
        raise AzureError(404, "UserError", f"The asset '{asset_id}' was not found in this workspace.")
    return found


def _output(call: Call, job: str, output: str) -> tuple[str, str] | None:
    run = call.runs.get(call.id, job)
    stored = call.cloud.resources.get(f"{call.id}/jobs/{job}")
    named: Body = ((stored.properties.get("outputs") or {}) if stored else {}).get(output) or {}
    if run is None or (output not in run.outputs and not named):
        return None
    kind = named.get("jobOutputType") or run.outputs.get(output, {}).get("type") or "uri_folder"
    default = datastore_uri(call.workspace, "workspaceblobstore", f"azureml/{job}/{output}/")
    return str(run.outputs.get(output, {}).get("uri") or named.get("uri") or default), str(kind)
