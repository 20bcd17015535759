"""Artifacts of runs and uploads: which there are, and where to read and write them."""

from __future__ import annotations

from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history import artifacts, calls
from course_runtime.emulator.services.history.artifacts import Place
from course_runtime.emulator.services.history.calls import Body, Call
from course_runtime.emulator.services.history.errors import bad_value

LARGEST_PAGE = 500
MOST_AT_ONCE = 1000


async def create(request: Request) -> Response:
    """Addresses to write the named files to."""
    call = calls.opened(request, calls.WRITE_ARTIFACTS)
    body = await call.body()
    paths = [artifacts.clean(calls.text(one, "path")) for one in calls.objects(body, "paths")]
    if len(paths) > MOST_AT_ONCE:
        raise bad_value(f"{MOST_AT_ONCE} artifacts at most can be made at once; {len(paths)} were asked for.")
    place = _place(call)
    taken = [path for path in paths if place.at(path).blob()]
    free = [path for path in paths if path not in taken]
    return JSONResponse(
        {
            "artifacts": {path: _artifact(call, path) for path in free},
            "artifactContentInformation": {
                path: _named(call, path) | {"contentUri": place.at(path).signed_url("rcw"), "tags": None}
                for path in free
            },
            "errors": {path: _conflict(call, path) for path in taken},
        }
    )


async def list_all(request: Request) -> Response:
    call = calls.opened(request, calls.READ_ARTIFACTS)
    paths, token = _page(call, _place(call), call.parameters.get("path") or call.query.get("path") or "")
    found = [_artifact(call, path) for path in paths]
    return JSONResponse({"value": found} | _more(call, token))


async def content_information(request: Request) -> Response:
    call = calls.opened(request, calls.READ_ARTIFACTS)
    path, file = _existing(call)
    return JSONResponse(_named(call, path) | {"contentUri": file.signed_url("r")})


async def prefix_content_information(request: Request) -> Response:
    call = calls.opened(request, calls.READ_ARTIFACTS)
    place = _place(call)
    paths, token = _page(call, place, _path(call))
    found = [_named(call, path) | {"contentUri": place.at(path).signed_url("r")} for path in paths]
    return JSONResponse({"value": found} | _more(call, token))


async def metadata(request: Request) -> Response:
    call = calls.opened(request, calls.READ_ARTIFACTS)
    path, _ = _existing(call)
    return JSONResponse(_artifact(call, path))


async def write_address(request: Request) -> Response:
    """One address to write to, as text."""
    call = calls.opened(request, calls.WRITE_ARTIFACTS)
    return JSONResponse(_place(call).at(_path(call)).signed_url("rcw"))


async def download(request: Request) -> Response:
    call = calls.opened(request, calls.READ_ARTIFACTS)
    _, file = _existing(call)
    return Response(file.read() or b"", media_type="application/octet-stream")


async def upload(request: Request) -> Response:
    call = calls.opened(request, calls.WRITE_ARTIFACTS)
    path = _path(call)
    await _place(call).at(path).write(request.stream(), request.headers.get("content-type", ""))
    return JSONResponse(_artifact(call, path))


def _place(call: Call) -> Place:
    parameters = call.parameters
    if "run" in parameters:
        call.runs.number(call.id, parameters["run"])
    origin, container = _where(call)
    return artifacts.origin_place(call.cloud, call.workspace, origin, container)


def _where(call: Call) -> tuple[str, str]:
    parameters = call.parameters
    if "run" in parameters:
        return artifacts.RUN_ORIGIN, f"dcid.{parameters['run']}"
    return parameters["origin"], parameters["container"]


def _path(call: Call) -> str:
    return artifacts.clean(call.parameters.get("path") or call.query.get("path") or "")


def _existing(call: Call) -> tuple[str, Place]:
    path = _path(call)
    file = _place(call).at(path)
    if file.blob() is None:
        origin, container = _where(call)
        raise AzureError(404, "UserError", f"Artifact {origin}/{container}/{path} was not found.")
    return path, file


def _page(call: Call, place: Place, prefix: str) -> tuple[list[str], str | None]:
    """Paths that begin so, in order; and the last of them when there are more."""
    after = call.query.get("continuationToken") or call.query.get("continuationtoken") or ""
    wanted = prefix.lstrip("/")
    found = [path for path, _ in place.files() if path.startswith(wanted) and path > after]
    shown = found[:LARGEST_PAGE]
    return shown, shown[-1] if len(found) > len(shown) else None


def _more(call: Call, token: str | None) -> Body:
    if token is None:
        return {"continuationToken": None, "nextLink": None}
    query = urlencode(call.query | {"continuationToken": token})
    link = f"https://{call.request.scope['host']}{quote(call.request.url.path)}?{query}"
    return {"continuationToken": token, "nextLink": link}


def _conflict(call: Call, path: str) -> Body:
    """An artifact is written once."""
    origin, container = _where(call)
    message = f"Resource Conflict: ArtifactId {origin}/{container}/{path} already exists."
    return {"error": {"code": "UserError", "message": message}}


def _named(call: Call, path: str) -> Body:
    origin, container = _where(call)
    return {"origin": origin, "container": container, "path": path}


def _artifact(call: Call, path: str) -> Body:
    origin, container = _where(call)
    named = _named(call, path)
    return named | {
        "artifactId": f"{origin}/{container}/{path}",
        "etag": None,
        "createdTime": call.cloud.clock.timestamp(),
        "dataPath": None,
        "tags": None,
    }
