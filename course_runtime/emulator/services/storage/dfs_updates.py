"""Changes of a path in the data lake: appended content, properties, access."""

from __future__ import annotations

from starlette.responses import Response

from course_runtime.emulator.kernel.errors import not_implemented
from course_runtime.emulator.services.storage import (
    blob_headers,
    blobs,
    conditions,
    content,
    dfs_paths,
    leases,
)
from course_runtime.emulator.services.storage.call import Call, answer, json_page
from course_runtime.emulator.services.storage.errors import StorageError, invalid_query, missing_header
from course_runtime.emulator.services.storage.formats import new_etag
from course_runtime.emulator.store.blobs import Blob, Block


async def update(call: Call) -> Response:
    """PATCH: what `action` says."""
    action = call.query.get("action", "")
    actions = {
        "append": _append,
        "flush": _flush,
        "setProperties": _set_properties,
        "setAccessControl": _set_access,
        "setAccessControlRecursive": _set_access_below,
    }
    if action not in actions:
        raise not_implemented(f"PATCH on a path with action={action}")
    return await actions[action](call)


async def _append(call: Call) -> Response:
    """Kept aside until it is flushed, under the place where it begins."""
    position = call.number("position", 0, least=0)
    _file(call)
    async with content.received(call) as arrived:
        _file(call)
        if arrived.size:
            block = Block(f"{position:020d}", arrived.piece, arrived.size)
            call.store.put_block(call.key, call.container, call.path, block)
    if call.query.get("flush", "").lower() == "true":
        _commit(call, position + arrived.size)
    return answer(202, arrived.hashes() | {"x-ms-request-server-encrypted": "true", "Content-Length": "0"})


async def _flush(call: Call) -> Response:
    await call.document()
    if "position" not in call.query:
        raise invalid_query("position", "", "The length of the file after the flush was expected.")
    blob = _commit(call, call.number("position", 0, least=0))
    return answer(200, blob_headers.written(blob) | {"Content-Length": "0"})


def _commit(call: Call, length: int) -> Blob:
    blob = _file(call)
    for block in call.store.blocks(call.key, call.container, call.path):
        if int(block.id) != blob.size:
            raise _not_contiguous()
        blob.extents += content.Received(block.piece, block.size, "").extents()
    if blob.size != length:
        raise _not_contiguous()
    blob.headers |= dfs_paths.content_headers(call)
    blob.etag, blob.modified = new_etag(), call.now
    call.store.put(blob, forget_blocks=True)
    return blob


def _not_contiguous() -> StorageError:
    return StorageError(
        400,
        "InvalidFlushPosition",
        "The uploaded data is not contiguous or the position query parameter value is not equal to the length of the "
        "file after appending the uploaded data.",
    )


def _file(call: Call) -> Blob:
    blob = dfs_paths.require(call, call.path)
    if dfs_paths.is_directory(blob):
        raise StorageError(409, "PathConflict", "The specified path is a directory: a file was expected.")
    conditions.check_write(call.headers, blob)
    leases.require(call, blob)
    return blob


async def _set_properties(call: Call) -> Response:
    blob = dfs_paths.require(call, call.path)
    conditions.check_write(call.headers, blob)
    leases.require(call, blob)
    folder = {dfs_paths.FOLDER: "true"} if dfs_paths.is_directory(blob) else {}
    blob.metadata = dfs_paths.properties_in(call.header("x-ms-properties")) | folder
    blob.headers |= dfs_paths.content_headers(call)
    return blobs.keep_changed(call, blob)


async def _set_access(call: Call) -> Response:
    blob = dfs_paths.require(call, call.path)
    conditions.check_write(call.headers, blob)
    dfs_paths.set_access(blob, dict(call.headers))
    if blob.name:
        call.store.put(blob)
    return answer(200, blob_headers.written(blob) | {"Content-Length": "0"})


async def _set_access_below(call: Call) -> Response:
    if call.query.get("mode") != "set":
        raise not_implemented(f"setAccessControlRecursive with mode={call.query.get('mode', '')}")
    if not call.header("x-ms-acl"):
        raise missing_header("x-ms-acl")
    root = dfs_paths.require(call, call.path)
    found = [
        root,
        *(dfs_paths.children(call, root.name, recursive=True) if dfs_paths.is_directory(root) else []),
    ]
    for blob in found:
        dfs_paths.set_access(blob, {"x-ms-acl": call.header("x-ms-acl")})
        if blob.name:
            call.store.put(blob)
    folders = sum(dfs_paths.is_directory(blob) for blob in found)
    told = {"directoriesSuccessful": folders, "filesSuccessful": len(found) - folders, "failureCount": 0}
    return json_page({**told, "failedEntries": []}, "")
