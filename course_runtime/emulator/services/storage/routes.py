"""{account}.blob, .dfs and .file.core.windows.net."""

from __future__ import annotations

from starlette.responses import Response
from starlette.types import ASGIApp

from course_runtime.emulator.services.storage import blob_operations, dfs_routes, file_routes, operations
from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.endpoint import Endpoint, perform

ROOT_CONTAINER = "$root"


def applications() -> dict[str, ASGIApp]:
    return {
        "*.blob.core.windows.net": Endpoint("blob", "Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0", blob),
        "*.dfs.core.windows.net": Endpoint(
            "blob", "Windows-Azure-HDFS/1.0 Microsoft-HTTPAPI/2.0", dfs_routes.answer, writes_json=True
        ),
        "*.file.core.windows.net": Endpoint(
            "file", "Windows-Azure-File/1.0 Microsoft-HTTPAPI/2.0", file_routes.answer
        ),
    }


async def blob(call: Call) -> Response:
    """The blob service: what the path names and what `restype` and `comp` say make the operation."""
    kind, comp = call.query.get("restype", "").lower(), call.query.get("comp", "").lower()
    level = _level(call, kind)
    if kind == "account":
        return await perform(call, blob_operations.ACCOUNT_INFORMATION[level])
    what = {"account": "on the blob service", "container": "on a container", "blob": "on a blob"}[level]
    if call.query.get("snapshot") or call.query.get("versionid"):
        what += " snapshot or version"
        return await perform(call, operations.find({}, level, call.method, comp, what))
    return await perform(call, operations.find(blob_operations.TABLE, level, call.method, comp, what))


def _level(call: Call, kind: str) -> str:
    if not call.container:
        return "account"
    if call.path:
        return "blob"
    if kind in ("container", "account"):
        return "container"
    call.container, call.path = ROOT_CONTAINER, call.container
    return "blob"
