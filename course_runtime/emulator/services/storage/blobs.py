"""One blob: put, get, properties, metadata, tier, tags, delete."""

from __future__ import annotations

from starlette.responses import Response, StreamingResponse

from course_runtime.emulator.services.storage import conditions, content, leases, xml
from course_runtime.emulator.services.storage.authorization import may_overwrite
from course_runtime.emulator.services.storage.blob_headers import (
    given_headers,
    given_metadata,
    given_tags,
    given_tier,
    shown,
    written,
)
from course_runtime.emulator.services.storage.call import Call, answer, xml_answer
from course_runtime.emulator.services.storage.errors import (
    StorageError,
    invalid_blob_type,
    invalid_header,
    missing_header,
    permission_mismatch,
)
from course_runtime.emulator.services.storage.formats import (
    metadata_out,
    new_etag,
)
from course_runtime.emulator.store.blobs import Blob, Extent

LARGEST_RANGE_WITH_MD5 = 4 * 1024 * 1024


def begin(call: Call, kind: str) -> Blob:
    """A new blob in place of what is there, once the request may replace it."""
    existing = call.find_blob()
    conditions.check_write(call.headers, existing)
    leases.require(call, existing)
    if existing and not may_overwrite(call.caller):
        raise permission_mismatch()
    if existing and existing.tier == "Archive":
        raise StorageError(409, "BlobArchived", "This operation is not permitted on an archived blob.")
    return Blob(
        call.key,
        call.container,
        call.path,
        kind,
        etag=new_etag(),
        created=call.now,
        modified=call.now,
        headers=given_headers(call),
        metadata=given_metadata(call),
        tags=given_tags(call.header("x-ms-tags")),
        tier=given_tier(call) if call.header("x-ms-access-tier") else "",
        lease=existing.lease if existing else {},
    )


async def put(call: Call) -> Response:
    kinds = {"BlockBlob": _put_block_blob, "AppendBlob": _put_empty, "PageBlob": _put_empty}
    kind = call.header("x-ms-blob-type")
    if not kind:
        raise missing_header("x-ms-blob-type")
    if kind not in kinds:
        raise invalid_header("x-ms-blob-type", kind)
    begin(call, kind)
    return await kinds[kind](call, kind)


async def _put_block_blob(call: Call, kind: str) -> Response:
    async with content.received(call) as arrived:
        blob = begin(call, kind)
        blob.headers.setdefault("content-md5", arrived.md5)
        blob.extents = arrived.extents()
        call.store.put(blob, forget_blocks=True)
    return answer(201, written(blob) | {"Content-MD5": arrived.md5} | arrived.hashes())


async def _put_empty(call: Call, kind: str) -> Response:
    """An append blob starts empty, a page blob as zeros."""
    await call.document()
    blob = begin(call, kind)
    if kind == "PageBlob":
        size = call.header("x-ms-blob-content-length")
        if not size.isdecimal() or int(size) % 512:
            raise invalid_header("x-ms-blob-content-length", size, "A multiple of 512 was expected.")
        blob.extents = [Extent("", 0, int(size))] if int(size) else []
        blob.properties["sequence"] = call.header("x-ms-blob-sequence-number") or "0"
    call.store.put(blob, forget_blocks=True)
    return answer(201, written(blob))


async def get(call: Call) -> Response:
    blob = readable(call)
    if blob.tier == "Archive":
        raise StorageError(409, "BlobArchived", "This operation is not permitted on an archived blob.")
    size = blob.size
    span = content.asked_range(call, size)
    headers = shown(call, blob)
    if span is None:
        headers["Content-Length"] = str(size)
        return StreamingResponse(content.stream(call, blob, 0, size), 200, headers)
    first, length = span
    headers |= {"Content-Length": str(length), "Content-Range": f"bytes {first}-{first + length - 1}/{size}"}
    if "Content-MD5" in headers:
        headers["x-ms-blob-content-md5"] = headers.pop("Content-MD5")
    if call.header("x-ms-range-get-content-md5").lower() == "true":
        headers["Content-MD5"] = _range_md5(call, blob, first, length)
    return StreamingResponse(content.stream(call, blob, first, length), 206, headers)


async def head(call: Call) -> Response:
    blob = readable(call)
    return answer(200, shown(call, blob) | {"Content-Length": str(blob.size)})


def readable(call: Call) -> Blob:
    blob = call.require_blob()
    leases.require(call, blob, writing=False)
    conditions.check_read(call.headers, blob)
    return blob


def writable(call: Call) -> Blob:
    """A blob that is there, and that this request may change."""
    blob = call.require_blob()
    conditions.check_write(call.headers, blob)
    leases.require(call, blob)
    return blob


async def set_properties(call: Call) -> Response:
    blob = writable(call)
    blob.headers = given_headers(call)
    if blob.type == "PageBlob" and call.header("x-ms-blob-content-length"):
        raise StorageError(
            501,
            "NotImplementedByEmulator",
            "The workshop's Azure does not resize page blobs yet. Nothing was changed.",
        )
    return keep_changed(call, blob)


async def get_metadata(call: Call) -> Response:
    blob = readable(call)
    return answer(200, written(blob) | metadata_out(blob.metadata))


async def set_metadata(call: Call) -> Response:
    blob = writable(call)
    blob.metadata = given_metadata(call)
    return keep_changed(call, blob)


async def set_tier(call: Call) -> Response:
    blob = call.require_blob()
    leases.require(call, blob)
    if blob.type != "BlockBlob":
        raise invalid_blob_type()
    tier = given_tier(call)
    rehydrating = blob.tier == "Archive" and tier != "Archive"
    blob.tier, blob.tier_changed = tier, call.now
    call.store.put(blob)
    return answer(202 if rehydrating else 200)


async def get_tags(call: Call) -> Response:
    root = xml.Element("Tags")
    group = xml.add(root, "TagSet")
    for name, value in call.require_blob().tags.items():
        xml.add_all(xml.add(group, "Tag"), [("Key", name), ("Value", value)])
    return xml_answer(xml.document(root))


async def set_tags(call: Call) -> Response:
    blob = call.require_blob()
    leases.require(call, blob)
    root = xml.parse(await call.document(), "Tags")
    blob.tags = {xml.text_of(tag, "Key"): xml.text_of(tag, "Value") for tag in root.iter("Tag")}
    call.store.put(blob)
    return answer(204)


async def delete(call: Call) -> Response:
    if call.query.get("snapshot") or call.header("x-ms-delete-snapshots").lower() == "only":
        raise StorageError(
            501, "NotImplementedByEmulator", "The workshop's Azure has no snapshots yet. Nothing was changed."
        )
    blob = writable(call)
    call.store.delete(call.key, call.container, blob.name)
    return answer(202, {"x-ms-delete-type-permanent": "true"})


async def lease(call: Call) -> Response:
    blob = call.require_blob()
    conditions.check_write(call.headers, blob)
    response = leases.change(call, blob)
    call.store.put(blob)
    return response


def keep_changed(call: Call, blob: Blob, status: int = 200) -> Response:
    blob.etag, blob.modified = new_etag(), call.now
    call.store.put(blob)
    return answer(status, written(blob))


def _range_md5(call: Call, blob: Blob, first: int, length: int) -> str:
    if length > LARGEST_RANGE_WITH_MD5:
        raise StorageError(
            400, "OutOfRangeInput", "A range with x-ms-range-get-content-md5 may have 4 MB at most."
        )
    return content.md5_of(call, blob, first, length)
