"""Content on its way in and out, a little at a time, with the hashes that clients send along."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.crc64 import crc64
from course_runtime.emulator.services.storage.errors import StorageError, invalid_header, invalid_range
from course_runtime.emulator.services.storage.formats import base64_text
from course_runtime.emulator.store.blobs import Blob, Extent

LARGEST_PUT = 5000 * 1024 * 1024
RANGE = re.compile(r"bytes=(\d+)-(\d*)")


@dataclass(frozen=True)
class Received:
    piece: str
    size: int
    md5: str
    """In base64, as headers carry it."""
    crc64: str = ""
    """Only when the client sent one."""
    md5_sent: bool = False

    def extents(self, block: str = "") -> list[Extent]:
        return [Extent(self.piece, 0, self.size, block)] if self.size else []

    def hashes(self) -> dict[str, str]:
        """The hash that the client sent, confirmed."""
        if self.crc64:
            return {"x-ms-content-crc64": self.crc64}
        return {"Content-MD5": self.md5} if self.md5_sent else {}


@asynccontextmanager
async def received(call: Call) -> AsyncIterator[Received]:
    """The request's content; it goes again when the block comes to refuse it."""
    arrived = await _receive(call)
    try:
        yield arrived
    except BaseException:
        call.store.discard(arrived.piece)
        raise


async def _receive(call: Call) -> Received:
    """Take the request's content in; nothing of it stays when it is cut off or its hash is wrong."""
    _require_plain_body(call)
    writer, md5, crc = call.store.writer(), hashlib.md5(usedforsecurity=False), 0
    wanted_crc = call.header("x-ms-content-crc64")
    try:
        async for chunk in call.request.stream():
            writer.write(chunk)
            md5.update(chunk)
            crc = crc64(chunk, crc) if wanted_crc else 0
            if writer.size > LARGEST_PUT:
                raise StorageError(
                    413,
                    "RequestBodyTooLarge",
                    "The request body is too large and exceeds the maximum permissible limit.",
                )
        arrived = Received(
            writer.piece,
            writer.size,
            base64_text(md5.digest()),
            base64_text(crc.to_bytes(8, "little")) if wanted_crc else "",
            bool(call.header("content-md5")),
        )
        _require_hashes(call, arrived)
        if writer.size:
            writer.finish()
    except BaseException:
        writer.abandon()
        raise
    return arrived


def _require_plain_body(call: Call) -> None:
    if call.header("x-ms-structured-body"):
        raise StorageError(
            501,
            "NotImplementedByEmulator",
            "The workshop's Azure does not do structured bodies (x-ms-structured-body) yet. Nothing was changed. "
            "Send the content with Content-MD5 (validate_content=True) instead.",
        )


def _require_hashes(call: Call, arrived: Received) -> None:
    md5, crc = call.header("content-md5"), call.header("x-ms-content-crc64")
    if md5 and crc:
        raise invalid_header("x-ms-content-crc64", crc, "Content-MD5 and a CRC64 cannot both be given.")
    if md5 and md5 != arrived.md5:
        raise StorageError(
            400,
            "Md5Mismatch",
            "The MD5 value specified in the request did not match with the MD5 value calculated by the server.",
            more={"UserSpecifiedMd5": md5, "ServerCalculatedMd5": arrived.md5},
        )
    if crc and crc != arrived.crc64:
        raise StorageError(
            400,
            "Crc64Mismatch",
            "The CRC64 value specified in the request did not match with the CRC64 value calculated by the server.",
            more={"UserSpecifiedCrc": crc, "ServerCalculatedCrc": arrived.crc64},
        )


def asked_range(call: Call, size: int) -> tuple[int, int] | None:
    """First byte and length of the range a request asks for; None when it asks for everything."""
    text = call.header("x-ms-range") or call.header("range")
    found = RANGE.fullmatch(text.strip()) if text else None
    if found is None:
        return None
    first, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if first >= size or last < first:
        raise invalid_range(size)
    return first, min(last, size - 1) - first + 1


async def stream(call: Call, blob: Blob, start: int, length: int) -> AsyncIterator[bytes]:
    for chunk in call.store.read(blob, start, length):
        yield chunk


def md5_of(call: Call, blob: Blob, start: int, length: int) -> str:
    """Of a range, which Azure gives for up to 4 MB."""
    digest = hashlib.md5(usedforsecurity=False)
    for chunk in call.store.read(blob, start, length):
        digest.update(chunk)
    return base64_text(digest.digest())
