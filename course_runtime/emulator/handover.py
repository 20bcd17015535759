"""How a sandbox's listening socket reaches the emulator: over AF_UNIX, as a file descriptor.

A socket stays in the network namespace it was made in, so accepting on it here lets the sandbox's clients in
although its network is cut off. Nothing is relayed.
"""

from __future__ import annotations

import array
import asyncio
import json
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_runtime.emulator.server import Server

LONGEST_REQUEST = 4096
PATIENCE = 10.0


class Handover:
    """The receiving end, in the emulator's event loop."""

    def __init__(self, server: Server, listener: socket.socket) -> None:
        self._server = server
        self._listener = listener
        self._listener.setblocking(False)
        self._task = asyncio.get_running_loop().create_task(self._receive())

    def close(self) -> None:
        self._task.cancel()
        self._listener.close()

    async def _receive(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            connection, _ = await loop.sock_accept(self._listener)
            with connection:
                connection.setblocking(True)
                connection.settimeout(PATIENCE)
                answer = await self._take(connection)
                connection.sendall(json.dumps(answer).encode())

    async def _take(self, connection: socket.socket) -> dict[str, str]:
        request, descriptors = receive_descriptors(connection)
        if len(descriptors) != 1:
            return {"error": f"one socket was expected, {len(descriptors)} came"}
        listener = socket.socket(fileno=descriptors[0])
        name = str(request.get("cloud"))
        if self._server.tenancy(name) is None:
            listener.close()
            return {"error": f"there is no cloud '{name}'"}
        await self._server.open_door(name, listener)
        return {}


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
    return json.loads(message or b"{}"), list(descriptors)
