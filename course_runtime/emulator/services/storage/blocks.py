"""Block blobs in parts, append blobs and page blobs."""

from __future__ import annotations

import base64
import binascii
import hashlib

from starlette.responses import Response

from course_runtime.emulator.services.storage import (
    blob_headers,
    blobs,
    conditions,
    content,
    leases,
    ranges,
    xml,
)
from course_runtime.emulator.services.storage.call import Call, answer, xml_answer
from course_runtime.emulator.services.storage.errors import (
    StorageError,
    blob_not_found,
    invalid_blob_type,
    invalid_header,
    invalid_query,
    missing_header,
)
from course_runtime.emulator.services.storage.formats import base64_text, new_etag
from course_runtime.emulator.store.blobs import Blob, Block, Extent

MOST_BLOCKS = 50_000


async def put_block(call: Call) -> Response:
    call.require_container()
    identifier = _block_id(call)
    existing = call.find_blob()
    if existing and existing.type != "BlockBlob":
        raise invalid_blob_type()
    leases.require(call, existing)
    _require_same_length(call, identifier)
    async with content.received(call) as arrived:
        if not arrived.size:
            raise invalid_header("Content-Length", "0", "A block has one byte at least.")
        call.require_container()
        block = Block(identifier, arrived.piece, arrived.size)
        call.store.put_block(call.key, call.container, call.path, block)
    return answer(201, arrived.hashes() | {"x-ms-request-server-encrypted": "true"})


async def put_block_list(call: Call) -> Response:
    """The blob becomes these blocks, in this order; what was uploaded and is not named is forgotten."""
    blob = blobs.begin(call, "BlockBlob")
    body = await call.document()
    md5 = base64_text(hashlib.md5(body, usedforsecurity=False).digest())
    if call.header("content-md5") not in ("", md5):
        raise StorageError(
            400,
            "Md5Mismatch",
            "The MD5 value specified in the request did not match with the MD5 value calculated by the server.",
        )
    root = xml.parse(body, "BlockList")
    if len(root) > MOST_BLOCKS:
        raise StorageError(400, "BlockListTooLong", "The block list may not contain more than 50,000 blocks.")
    existing = call.find_blob()
    blob.created = existing.created if existing else blob.created
    blob.extents = _chosen(call, existing, [(one.tag, (one.text or "").strip()) for one in root])
    call.store.put(blob, forget_blocks=True)
    return answer(201, blob_headers.written(blob) | {"Content-MD5": md5})


async def get_block_list(call: Call) -> Response:
    existing, pending = call.find_blob(), call.store.blocks(call.key, call.container, call.path)
    if existing is None and not pending:
        raise blob_not_found()
    if existing:
        leases.require(call, existing, writing=False)
    kind = call.query.get("blocklisttype", "committed").lower()
    if kind not in ("committed", "uncommitted", "all"):
        raise invalid_query("blocklisttype", kind, "committed, uncommitted or all was expected.")
    root = xml.Element("BlockList")
    committed = [(one.block, one.length) for one in existing.extents if one.block] if existing else []
    if kind != "uncommitted":
        _add_blocks(xml.add(root, "CommittedBlocks"), committed)
    if kind != "committed":
        _add_blocks(xml.add(root, "UncommittedBlocks"), [(one.id, one.size) for one in pending])
    response = xml_answer(xml.document(root))
    response.headers["x-ms-blob-content-length"] = str(existing.size if existing else 0)
    if existing:
        response.headers.update(
            {"ETag": existing.etag, "Last-Modified": blob_headers.written(existing)["Last-Modified"]}
        )
    return response


async def append_block(call: Call) -> Response:
    _require_append(call)
    async with content.received(call) as arrived:
        blob = _require_append(call)
        offset = blob.size
        blob.extents += arrived.extents()
        blob.etag, blob.modified = new_etag(), call.now
        call.store.put(blob)
    counted = {
        "x-ms-blob-append-offset": str(offset),
        "x-ms-blob-committed-block-count": str(len(blob.extents)),
    }
    return answer(201, blob_headers.written(blob) | arrived.hashes() | counted)


async def put_page(call: Call) -> Response:
    _require_pages(call)
    clears = call.header("x-ms-page-write").lower() == "clear"
    async with content.received(call) as arrived:
        blob, first, length = _require_pages(call)
        if not clears and arrived.size != length:
            raise invalid_header("Content-Length", str(arrived.size), f"The range has {length} bytes.")
        fresh = [Extent("", 0, length)] if clears else arrived.extents()
        blob.extents = ranges.replaced(blob.extents, first, length, fresh)
        blob.etag, blob.modified = new_etag(), call.now
        call.store.put(blob)
    number = {"x-ms-blob-sequence-number": str(blob.properties["sequence"])}
    return answer(201, blob_headers.written(blob) | arrived.hashes() | number)


async def get_page_ranges(call: Call) -> Response:
    blob = blobs.readable(call)
    if blob.type != "PageBlob":
        raise invalid_blob_type()
    root = xml.Element("PageList")
    for first, last in ranges.filled(blob.extents):
        xml.add_all(xml.add(root, "PageRange"), [("Start", first), ("End", last)])
    response = xml_answer(xml.document(root))
    response.headers.update(blob_headers.written(blob) | {"x-ms-blob-content-length": str(blob.size)})
    return response


def _chosen(call: Call, existing: Blob | None, wanted: list[tuple[str, str]]) -> list[Extent]:
    pending = {
        one.id: Extent(one.piece, 0, one.size, one.id)
        for one in call.store.blocks(call.key, call.container, call.path)
    }
    committed = {one.block: one for one in existing.extents if one.block} if existing else {}
    places = {"Committed": committed, "Uncommitted": pending, "Latest": committed | pending}
    found = [places.get(place, {}).get(identifier) for place, identifier in wanted]
    if any(one is None for one in found):
        raise StorageError(400, "InvalidBlockList", "The specified block list is invalid.")
    return [one for one in found if one is not None]


def _block_id(call: Call) -> str:
    identifier = call.query.get("blockid", "")
    try:
        decoded = base64.b64decode(identifier, validate=True)
    except (binascii.Error, ValueError):
        raise invalid_query("blockid", identifier, "Not a valid base64 string.") from None
    if not 1 <= len(decoded) <= 64:
        raise invalid_query("blockid", identifier, "1 to 64 bytes before encoding were expected.")
    return identifier


def _require_same_length(call: Call, identifier: str) -> None:
    pending = call.store.blocks(call.key, call.container, call.path)
    if pending and len(pending[0].id) != len(identifier):
        raise StorageError(
            400,
            "InvalidBlobOrBlock",
            "The specified blob or block content is invalid: all block ids of a blob must have the same length.",
        )


def _add_blocks(parent: xml.Element, found: list[tuple[str, int]]) -> None:
    for identifier, size in found:
        xml.add_all(xml.add(parent, "Block"), [("Name", identifier), ("Size", size)])


def _require_append(call: Call) -> Blob:
    blob = call.require_blob()
    if blob.type != "AppendBlob":
        raise invalid_blob_type()
    conditions.check_write(call.headers, blob)
    leases.require(call, blob)
    position = call.header("x-ms-blob-condition-appendpos")
    largest = call.header("x-ms-blob-condition-maxsize")
    if largest and not largest.isdecimal():
        raise invalid_header("x-ms-blob-condition-maxsize", largest)
    if position and position != str(blob.size):
        raise StorageError(
            412, "AppendPositionConditionNotMet", "The append position condition specified was not met."
        )
    if largest and blob.size + int(call.header("content-length") or 0) > int(largest):
        raise StorageError(
            412, "MaxBlobSizeConditionNotMet", "The max blob size condition specified was not met."
        )
    return blob


def _require_pages(call: Call) -> tuple[Blob, int, int]:
    blob = blobs.writable(call)
    if blob.type != "PageBlob":
        raise invalid_blob_type()
    if not (call.header("x-ms-range") or call.header("range")):
        raise missing_header("x-ms-range")
    span = content.asked_range(call, blob.size)
    if span is None or span[0] % 512 or span[1] % 512:
        raise StorageError(416, "InvalidPageRange", "The page range specified is invalid.")
    return blob, *span
