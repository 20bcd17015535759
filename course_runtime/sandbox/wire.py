"""Frames: what a socket between the trusted side and the student's carries, and nothing else.

4 bytes  length of what follows
4 bytes  length of the JSON text
JSON text, then the blobs it refers to
"""

from __future__ import annotations

import json
import socket
import struct
import time
from dataclasses import dataclass
from typing import Any, NoReturn

from .values import MOST_BYTES, Malformed, NotPlain

HEAD = struct.Struct("!II")
MOST_JSON = 16 * 1024 * 1024
CHUNK = 1 << 20


@dataclass(frozen=True)
class WireFrame:
    content: dict[str, Any]
    blobs: memoryview


class Ended(Exception):
    """The other side is gone."""


class TooLate(Exception):
    """The other side did not answer in its time."""


def pack(content: dict[str, Any], blobs: list[bytes]) -> bytes:
    text = json.dumps(content, allow_nan=False, separators=(",", ":")).encode()
    if len(text) > MOST_JSON:
        raise NotPlain(f"the value takes {len(text)} bytes of text; at most {MOST_JSON} can be sent")
    blob_size = sum(map(len, blobs))
    if blob_size > MOST_BYTES:
        raise NotPlain(f"the value takes {blob_size} bytes; at most {MOST_BYTES} can be sent")
    return HEAD.pack(4 + len(text) + blob_size, len(text)) + text + b"".join(blobs)


def send(channel: socket.socket, packed: bytes, deadline: float | None = None) -> None:
    view = memoryview(packed)
    try:
        while view:
            _set_time_left(channel, deadline)
            view = view[channel.send(view[:CHUNK]) :]
    except TimeoutError:
        raise TooLate from None
    except OSError:
        raise Ended from None


def receive(channel: socket.socket, deadline: float | None = None) -> WireFrame:
    length, text_length = HEAD.unpack(_exactly(channel, HEAD.size, deadline))
    blob_length = length - 4 - text_length
    if text_length > MOST_JSON or not 0 <= blob_length <= MOST_BYTES:
        raise Malformed("a frame's lengths are out of bounds")
    body = _exactly(channel, text_length + blob_length, deadline)
    return WireFrame(_parse(body[:text_length]), memoryview(body)[text_length:])


def _exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    received = bytearray()
    try:
        while len(received) < size:
            _set_time_left(channel, deadline)
            part = channel.recv(min(CHUNK, size - len(received)))
            if not part:
                raise Ended
            received += part
    except TimeoutError:
        raise TooLate from None
    except OSError:
        raise Ended from None
    return bytes(received)


def _set_time_left(channel: socket.socket, deadline: float | None) -> None:
    if deadline is None:
        return
    left = deadline - time.monotonic()
    if left <= 0:
        raise TooLate
    channel.settimeout(left)


def _parse(text: bytes) -> dict[str, Any]:
    try:
        content = json.loads(text.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError, MemoryError) as problem:
        raise Malformed(f"a frame's text is not JSON: {problem}") from None
    if type(content) is not dict:
        raise Malformed("a frame's text is not a JSON object")
    return content


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
