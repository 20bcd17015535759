"""A file descriptor over AF_UNIX: how one is given, and how it is taken.

Apart from the event loop that takes them, because the command line gives one and must start fast.
"""

from __future__ import annotations

import array
import json
import socket
from pathlib import Path

LONGEST_REQUEST = 4096
PATIENCE = 10.0


def hand_over(path: Path, cloud: str, listener: socket.socket) -> None:
    """The giving end: the emulator answers on `listener` from here on."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(path))
        descriptors = array.array("i", [listener.fileno()])
        message = json.dumps({"cloud": cloud}).encode()
        connection.sendmsg([message], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, descriptors)])
        answer = json.loads(connection.recv(LONGEST_REQUEST) or b'{"error": "no answer"}')
    if "error" in answer:
        raise RuntimeError(f"The emulator did not take the sandbox's socket: {answer['error']}.")


def receive_descriptors(connection: socket.socket) -> tuple[dict[str, object], list[int]]:
    """A JSON message and the file descriptors that came with it."""
    room = socket.CMSG_SPACE(8 * array.array("i").itemsize)
    message, ancillary, _, _ = connection.recvmsg(LONGEST_REQUEST, room)
    descriptors = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            descriptors.frombytes(data[: len(data) - len(data) % descriptors.itemsize])
    return _object(message), list(descriptors)


def _object(message: bytes) -> dict[str, object]:
    try:
        value = json.loads(message)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
