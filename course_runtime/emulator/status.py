"""What a running emulator says of itself.

Every command asks for it first, so it is asked without `http.client`, which takes much longer to import than the
answer takes to come.
"""

from __future__ import annotations

import json
import socket
from typing import Any

from course_runtime.emulator.places import Places

QUESTION = b"GET /status HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
SECONDS = 5.0


def read_status(places: Places) -> dict[str, Any] | None:
    """None when nothing answers."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(SECONDS)
            connection.connect(str(places.control_socket))
            connection.sendall(QUESTION)
            answer = b"".join(iter(lambda: connection.recv(65536), b""))
        status: dict[str, Any] = json.loads(answer.partition(b"\r\n\r\n")[2])
    except (OSError, ValueError):
        return None
    return status
