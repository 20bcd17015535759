"""Copies within this Azure: done at once, told in the words of a copy that takes its time."""

from __future__ import annotations

import uuid
from urllib.parse import unquote, urlsplit

from starlette.responses import Response

from course_runtime.emulator.services.storage import blob_headers, blobs, conditions, sas
from course_runtime.emulator.services.storage.accounts import account_of
from course_runtime.emulator.services.storage.authorization import BLOBS, Permission, allows, by_signature
from course_runtime.emulator.services.storage.call import Call, answer
from course_runtime.emulator.services.storage.errors import StorageError, missing_header
from course_runtime.emulator.services.storage.formats import http_date, split_query
from course_runtime.emulator.services.storage.ranges import taken
from course_runtime.emulator.store.blobs import Blob, Block, Extent

READ = Permission(f"{BLOBS}/read", "r", "o")


async def put_or_copy(call: Call) -> Response:
    """Put Blob, or Copy Blob when a source is named."""
    return await (copy(call) if call.header("x-ms-copy-source") else blobs.put(call))


async def copy(call: Call) -> Response:
    """Copy Blob, Copy Blob From URL and Put Blob From URL: the content is shared, not moved."""
    source = find_source(call)
    blob = blobs.begin(call, source.type)
    blob.extents = source.extents
    blob.metadata = blob.metadata or dict(source.metadata)
    given = blob_headers.given_headers(call) if call.header("x-ms-blob-type") else {}
    blob.headers = {
        **source.headers,
        **{name: value for name, value in given.items() if name != "content-md5"},
    }
    blob.properties = dict(source.properties)
    identifier = str(uuid.uuid4())
    if not call.header("x-ms-blob-type"):
        blob.copy = {
            "x-ms-copy-id": identifier,
            "x-ms-copy-source": call.header("x-ms-copy-source").partition("?")[0],
            "x-ms-copy-status": "success",
            "x-ms-copy-progress": f"{source.size}/{source.size}",
            "x-ms-copy-completion-time": http_date(call.now),
        }
    call.store.put(blob, forget_blocks=True)
    told = {"x-ms-copy-id": identifier, "x-ms-copy-status": "success"}
    in_one_go = call.header("x-ms-blob-type") or call.header("x-ms-requires-sync").lower() == "true"
    return answer(
        201 if call.header("x-ms-blob-type") else 202,
        blob_headers.written(blob) | ({} if in_one_go and call.header("x-ms-blob-type") else told),
    )


async def abort(call: Call) -> Response:
    call.require_blob()
    raise StorageError(409, "NoPendingCopyOperation", "There is currently no pending copy operation.")


async def put_block_from_url(call: Call, identifier: str) -> Response:
    source = find_source(call)
    pieces = _source_range(call, source)
    writer = call.store.writer()
    part = Blob(source.account, source.container, source.name, extents=pieces)
    for chunk in call.store.read(part, 0, part.size):
        writer.write(chunk)
    block = Block(identifier, writer.finish(), writer.size)
    call.store.put_block(call.key, call.container, call.path, block)
    return answer(201, {"x-ms-request-server-encrypted": "true"})


def find_source(call: Call) -> Blob:
    """The blob at `x-ms-copy-source`, if the request may read it."""
    url = call.header("x-ms-copy-source")
    if not url:
        raise missing_header("x-ms-copy-source")
    parts = urlsplit(url)
    if not parts.netloc.split(":")[0].endswith((".blob.core.windows.net", ".dfs.core.windows.net")):
        raise StorageError(
            404,
            "CannotVerifyCopySource",
            f"The source '{url.partition('?')[0]}' is not a blob of this Azure; nothing else can be copied from.",
        )
    container, _, name = unquote(parts.path).lstrip("/").partition("/")
    query = {key.lower(): value for key, value in split_query(parts.query)}
    target = sas.Target(call.cloud, account_of(call.cloud, parts.netloc), "blob", container, name, query, {})
    _require_readable(call, target)
    source = call.store.blob(target.key, container, name)
    if source is None:
        raise StorageError(404, "CannotVerifyCopySource", "The specified resource does not exist.")
    try:
        conditions.check_read(conditions.source_headers(call.headers), source)
    except (StorageError, conditions.NotModified):
        raise StorageError(
            412,
            "SourceConditionNotMet",
            "The source condition specified using HTTP conditional header(s) is not met.",
        ) from None
    return source


def _require_readable(call: Call, target: sas.Target) -> None:
    """By a signature in the source's URL; else by the request's own right, in the same account."""
    if "sig" in target.query:
        by_signature(target, READ)
        return
    same_account = target.account.id == call.account.id
    caller = call.caller
    if caller.kind == "trusted" or (same_account and caller.kind == "key"):
        return
    principal = call.cloud.principals.get(caller.object_id) if caller.kind == "token" else None
    if principal and allows(target, principal, READ.action):
        return
    container = call.store.container(target.key, target.container)
    if container and container.public and target.account.allows_public_access:
        return
    raise StorageError(
        401,
        "CannotVerifyCopySource",
        "Server failed to authenticate the request. Please refer to the information in "
        "the www-authenticate header.",
    )


def _source_range(call: Call, source: Blob) -> list[Extent]:
    text = call.header("x-ms-source-range").removeprefix("bytes=")
    first, _, last = text.partition("-")
    if not text:
        return source.extents
    if not first.isdecimal() or not last.isdecimal() or int(first) >= source.size:
        raise StorageError(
            416, "InvalidRange", "The range specified is invalid for the current size of the source."
        )
    return taken(source.extents, int(first), int(last) + 1)
