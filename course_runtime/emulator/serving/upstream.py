"""One HTTP exchange with a scoring process, over the AF_UNIX socket that it listens on."""

from __future__ import annotations

import asyncio
import contextlib
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httptools

LARGEST_RESPONSE = 10 * 1024 * 1024
PIECE = 64 * 1024
HOP_BY_HOP = frozenset(
    (
        "connection",
        "keep-alive",
        "transfer-encoding",
        "content-length",
        "te",
        "trailer",
        "upgrade",
        "server",
        "date",
    )
)


class UpstreamFailed(Exception):
    """The process did not answer, or not in HTTP; the message says how."""


@dataclass(frozen=True)
class UpstreamResponse:
    status: int
    headers: list[tuple[str, str]]
    body: bytes


class SocketPlace:
    """The socket in a folder that the student's code may write to.

    It is held by its inode: what the code puts in its place later, a link to a socket of ours say, is never followed.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def find(self) -> bool:
        """Whether a socket is there; from then on it is this one."""
        if self._descriptor >= 0:
            return True
        if not hasattr(os, "O_PATH"):
            return self._path.is_socket() and not self._path.is_symlink()
        with contextlib.suppress(OSError):
            descriptor = os.open(self._path, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC)
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                self._descriptor = descriptor
                return True
            os.close(descriptor)
        return False

    def address(self) -> str:
        """Where to connect to; UpstreamFailed where no socket was found, or it is given up."""
        if self._descriptor >= 0:
            return f"/proc/self/fd/{self._descriptor}"
        if hasattr(os, "O_PATH"):
            raise UpstreamFailed("connection failure: the server listens no more")
        return str(self._path)

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


async def exchange(
    place: SocketPlace, method: str, target: str, headers: Mapping[str, str], body: bytes
) -> UpstreamResponse:
    """Send one request and read its whole answer; UpstreamFailed when there is none."""
    try:
        reader, writer = await asyncio.open_unix_connection(place.address())
    except OSError as error:
        raise UpstreamFailed(f"connection failure: {error.strerror}") from None
    try:
        writer.write(_request_head(method, target, headers, len(body)))
        writer.write(body)
        with contextlib.suppress(OSError):  # it may answer before it has read all
            await writer.drain()
        return await _response(reader)
    except OSError as error:
        raise UpstreamFailed(f"connection termination: {error.strerror}") from None
    finally:
        writer.close()


def _request_head(method: str, target: str, headers: Mapping[str, str], length: int) -> bytes:
    kept = {name: value for name, value in headers.items() if name.lower() not in HOP_BY_HOP}
    kept |= {"content-length": str(length), "connection": "close"}
    kept.setdefault("host", "localhost")
    lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in kept.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


async def _response(reader: asyncio.StreamReader) -> UpstreamResponse:
    collected = _Collected()
    parser = httptools.HttpResponseParser(collected)
    while not collected.complete:
        piece = await reader.read(PIECE)
        if not piece:
            break
        try:
            parser.feed_data(piece)
        except httptools.HttpParserError as error:
            raise UpstreamFailed(f"what came is not HTTP ({error})") from None
        if len(collected.body) > LARGEST_RESPONSE:
            raise UpstreamFailed(f"the response is larger than {LARGEST_RESPONSE // 1024 // 1024} MB")
    if not collected.headers_complete or not (collected.complete or collected.ends_with_the_connection):
        raise UpstreamFailed("connection termination")
    return UpstreamResponse(parser.get_status_code(), collected.headers, bytes(collected.body))


class _Collected:
    """What the parser calls back."""

    def __init__(self) -> None:
        self.headers: list[tuple[str, str]] = []
        self.body = bytearray()
        self.headers_complete = False
        self.complete = False
        self.ends_with_the_connection = True

    def on_header(self, name: bytes, value: bytes) -> None:
        text = name.decode("latin-1").lower()
        if text in ("content-length", "transfer-encoding"):
            self.ends_with_the_connection = False
        if text not in HOP_BY_HOP:
            self.headers.append((text, value.decode("latin-1")))

    def on_headers_complete(self) -> None:
        self.headers_complete = True

    def on_body(self, piece: bytes) -> None:
        self.body += piece

    def on_message_complete(self) -> None:
        self.complete = True
