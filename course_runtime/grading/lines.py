"""JSON documents over a socket, one a line."""

from __future__ import annotations

import json
import socket
from typing import Any

LONGEST = 64 * 1024 * 1024


def send_line(connection: socket.socket, document: dict[str, Any]) -> None:
    connection.sendall(json.dumps(document).encode() + b"\n")


def receive_line(connection: socket.socket) -> dict[str, Any]:
    """One document; ValueError when the other side ended without a whole one."""
    received = bytearray()
    while not received.endswith(b"\n"):
        chunk = connection.recv(65_536)
        if not chunk or len(received) > LONGEST:
            raise ValueError("the other side ended without a whole answer")
        received += chunk
    document: dict[str, Any] = json.loads(received)
    return document
