"""The data lake's operations on file systems and paths."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from urllib.parse import unquote

from starlette.responses import Response

from course_runtime.emulator.services.storage import (
    blob_headers,
    blobs,
    conditions,
    containers,
    dfs_paths,
    leases,
)
from course_runtime.emulator.services.storage.authorization import (
    BLOBS,
    Permission,
    may_overwrite,
    require_source,
)
from course_runtime.emulator.services.storage.call import Call, answer, json_page
from course_runtime.emulator.services.storage.errors import (
    StorageError,
    invalid_query,
    permission_mismatch,
)
from course_runtime.emulator.services.storage.formats import http_date
from course_runtime.emulator.services.storage.listing import read_marker, write_marker
from course_runtime.emulator.store.blobs import Blob

LARGEST_PAGE = 5000
DELETE = Permission(f"{BLOBS}/delete", "dm", "o")


async def list_file_systems(call: Call) -> Response:
    prefix, size = call.query.get("prefix", ""), _page_size(call)
    start = read_marker(call, "continuation")
    found = list(islice(call.store.containers(call.key, start=start, prefix=prefix), size + 1))
    shown = [
        {"name": one.name, "lastModified": http_date(one.modified), "eTag": one.etag} for one in found[:size]
    ]
    return json_page({"filesystems": shown}, write_marker(found[size].name) if len(found) > size else "")


async def create_file_system(call: Call) -> Response:
    response = await containers.create(call)
    container = call.require_container()
    container.metadata |= dfs_paths.properties_in(call.header("x-ms-properties"))
    call.store.put_container(container)
    response.headers["x-ms-namespace-enabled"] = str(call.account.hierarchical).lower()
    return response


async def file_system_properties(call: Call) -> Response:
    container = call.require_container()
    stand_in = Blob(call.key, call.container, "", metadata=container.metadata)
    headers = {"ETag": container.etag, "Last-Modified": http_date(container.modified)}
    headers |= {"x-ms-properties": dfs_paths.properties_out(stand_in)}
    return answer(200, headers | {"x-ms-namespace-enabled": str(call.account.hierarchical).lower()})


async def list_paths(call: Call) -> Response:
    directory = call.query.get("directory", "").strip("/")
    if directory and not dfs_paths.is_directory(dfs_paths.require(call, directory)):
        raise StorageError(409, "PathConflict", f"'{directory}' is a file: a directory was expected.")
    call.require_container()
    start, size = read_marker(call, "continuation"), _page_size(call)
    recursive = call.query.get("recursive", "false").lower() == "true"
    entries = (one for one in dfs_paths.children(call, directory, recursive=recursive) if one.name >= start)
    found = list(islice(entries, size + 1))
    paths = [dfs_paths.listed(one) for one in found[:size]]
    return json_page({"paths": paths}, write_marker(found[size].name) if len(found) > size else "")


async def create(call: Call) -> Response:
    """A file, a directory, or the new name of one."""
    if call.header("x-ms-rename-source"):
        return await _rename(call)
    kind = call.query.get("resource", "").lower()
    if kind not in ("file", "directory"):
        raise invalid_query("resource", kind, "file or directory was expected.")
    existing = _replaceable(call)
    if existing and dfs_paths.is_directory(existing) and kind == "file":
        raise StorageError(
            409, "PathConflict", "The specified path is a directory: a file cannot take its place."
        )
    dfs_paths.make_parents(call, call.path)
    blob = dfs_paths.new_directory(call, call.path)
    if kind == "file":
        blob.metadata = {}
    blob.headers = dfs_paths.content_headers(call)
    blob.metadata |= dfs_paths.properties_in(call.header("x-ms-properties"))
    dfs_paths.set_access(blob, dict(call.headers))
    blob.lease = existing.lease if existing else {}
    call.store.put(blob, forget_blocks=True)
    return answer(201, blob_headers.written(blob) | {"Content-Length": "0"})


async def read(call: Call) -> Response:
    response = await blobs.get(call)
    response.headers["x-ms-resource-type"] = "file"
    return response


async def status(call: Call) -> Response:
    blob = dfs_paths.require(call, call.path)
    conditions.check_read(call.headers, blob)
    kind = "directory" if dfs_paths.is_directory(blob) else "file"
    headers = blob_headers.shown(call, blob) | {"x-ms-resource-type": kind, "Content-Length": str(blob.size)}
    if call.query.get("action", "").lower() != "getstatus":
        headers |= {"x-ms-properties": dfs_paths.properties_out(blob)}
    return answer(200, headers | dfs_paths.access_headers(blob))


async def delete(call: Call) -> Response:
    blob = dfs_paths.require(call, call.path)
    conditions.check_write(call.headers, blob)
    leases.require(call, blob)
    if dfs_paths.is_directory(blob):
        below = list(call.store.below(call.key, call.container, f"{blob.name}/"))
        if below and call.query.get("recursive", "").lower() != "true":
            raise StorageError(
                409,
                "DirectoryNotEmpty",
                "The recursive query parameter value must be true to delete a non-empty directory.",
            )
        for one in below:
            call.store.delete(call.key, call.container, one.name)
    call.store.delete(call.key, call.container, blob.name)
    return answer(200, {"Content-Length": "0"})


async def lease(call: Call) -> Response:
    return await blobs.lease(call)


async def _rename(call: Call) -> Response:
    url, _, query = call.header("x-ms-rename-source").partition("?")
    container, _, name = unquote(url).lstrip("/").partition("/")
    _replaceable(call)
    source_call = replace(call, container=container, path=name)
    require_source(source_call, DELETE, query)
    source = dfs_paths.find(source_call, name)
    if source is None or not name:
        raise StorageError(
            404, "SourcePathNotFound", "The source path for a rename operation does not exist."
        )
    if f"{call.container}/{call.path}/".startswith(f"{container}/{name}/"):
        raise StorageError(
            409,
            "InvalidRenameSourcePath",
            "The source directory cannot be the same as the destination directory, nor can the destination be a "
            "subdirectory of the source directory.",
        )
    dfs_paths.make_parents(call, call.path)
    dfs_paths.move(call, source, call.path)
    return answer(201, {"Content-Length": "0"})


def _replaceable(call: Call) -> Blob | None:
    if not call.path:
        raise StorageError(400, "InvalidUri", "The request URI is invalid: a path was expected.")
    existing = dfs_paths.find(call, call.path)
    if existing and call.header("if-none-match") == "*":
        raise StorageError(409, "PathAlreadyExists", "The specified path already exists.")
    conditions.check_write(call.headers, existing)
    leases.require(call, existing)
    if existing and not may_overwrite(call.caller):
        raise permission_mismatch()
    return existing


def _page_size(call: Call) -> int:
    return min(call.number("maxresults", LARGEST_PAGE), LARGEST_PAGE)
