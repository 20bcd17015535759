"""What trusted processes say to each other: one JSON object a line, with descriptors that come along."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterable
from typing import Any

from .descriptors import receive_with_descriptors, send_with_descriptors
from .errors import SandboxError

LONGEST_LINE = 4 * 1024 * 1024


def send_line(channel: socket.socket, words: dict[str, Any], descriptors: Iterable[int] = ()) -> None:
    send_with_descriptors(channel, json.dumps(words).encode() + b"\n", descriptors)


def read_line(channel: socket.socket, most_descriptors: int = 1) -> tuple[dict[str, Any], list[int]]:
    """Raises SandboxError when the other side ends first."""
    text, descriptors = b"", []
    while not text.endswith(b"\n"):
        part, received = receive_with_descriptors(channel, most_descriptors, 65536)
        descriptors += received
        text += part
        if not part or len(text) > LONGEST_LINE:
            raise SandboxError("the process that keeps the worker ended without a word")
    return dict(json.loads(text)), descriptors
