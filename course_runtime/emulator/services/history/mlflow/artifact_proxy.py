"""Artifacts through the tracking server, for MLflow without azureml-mlflow: `mlflow-artifacts:/...`.

A path is `{experiment}/{run}/artifacts/...`, or `datastores/{datastore}/...` for what no run made.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from course_runtime.emulator.services.history import artifacts, calls
from course_runtime.emulator.services.history.artifacts import Place
from course_runtime.emulator.services.history.calls import Body, Call
from course_runtime.emulator.services.history.mlflow import runs, shapes
from course_runtime.emulator.services.history.mlflow.errors import invalid, missing


async def download(request: Request) -> Response:
    call = calls.opened(request, calls.READ_ARTIFACTS)
    path = call.parameters["path"]
    file = _place(call, path)
    blob = file.blob()
    if blob is None:
        raise missing(f"The artifact '{path}'")
    headers = {"Content-Length": str(blob.size)}
    content = call.cloud.blobs.read(blob, 0, blob.size)
    return StreamingResponse(content, 200, headers, media_type="application/octet-stream")


async def upload(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_ARTIFACTS)
    place = _place(call, call.parameters["path"])
    kind = request.headers.get("content-type", "application/octet-stream")
    await place.write(request.stream(), kind)
    return JSONResponse({})


async def delete(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_ARTIFACTS)
    path = call.parameters["path"]
    if not _place(call, path).delete():
        raise missing(f"The artifact '{path}'")
    return JSONResponse({})


async def list_folder(request: Request) -> Response:
    call = calls.opened(request, calls.READ_ARTIFACTS)
    return JSONResponse({"files": entries(_place(call, call.query.get("path", "")))})


def list_of_run(call: Call, given: Body) -> Body:
    run = runs.find(call, given)
    path = artifacts.clean(str(given.get("path") or ""))
    found = entries(artifacts.run_place(call.cloud, call.workspace, run.id).at(path))
    full = [one | {"path": f"{path}/{one['path']}" if path else one["path"]} for one in found]
    return {"root_uri": shapes.artifact_uri(call, run.experiment_id, run.id), "files": full}


def entries(place: Place) -> list[Body]:
    """What lies directly in the folder: files with their sizes, and folders."""
    files: dict[str, Body] = {}
    for path, blob in place.files():
        name, slash, _ = path.partition("/")
        if slash:
            files.setdefault(name, {"path": name, "is_dir": True})
        else:
            files[name] = {"path": name, "is_dir": False, "file_size": blob.size}
    return list(files.values())


def _place(call: Call, path: str) -> Place:
    parts = artifacts.clean(path).split("/")
    if parts[0] == "datastores" and len(parts) > 2:
        return artifacts.origin_place(call.cloud, call.workspace, parts[1], "/".join(parts[2:]))
    if len(parts) >= 3 and parts[2] == "artifacts":
        run = call.runs.require(call.id, parts[1])
        return artifacts.run_place(call.cloud, call.workspace, run.id).at("/".join(parts[3:]))
    raise invalid(f"The artifact path '{path}' is not one of this server: EXPERIMENT/RUN/artifacts/... is.")
