"""How a sandbox's listening socket reaches the emulator: over AF_UNIX, as a file descriptor.

A socket stays in the network namespace it was made in, so accepting on it here lets the sandbox's clients in
although its network is cut off. Nothing is relayed.
"""

from __future__ import annotations

import array
import asyncio
import json
import logging
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_runtime.emulator.server import Server

LONGEST_REQUEST = 4096
PATIENCE = 10.0

logger = logging.getLogger(__name__)


class Handover:
    """The receiving end, in the emulator's event loop."""

    def __init__(self, server: Server, listener: socket.socket) -> None:
        self._server = server
        self._listener = listener
        self._listener.setblocking(False)
        self._serving: set[asyncio.Task[None]] = set()
        self._task = asyncio.get_running_loop().create_task(self._receive())

    def close(self) -> None:
        for task in (self._task, *self._serving):
            task.cancel()
        self._listener.close()

    async def _receive(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                connection, _ = await loop.sock_accept(self._listener)
            except OSError:
                logger.exception("no socket could be taken over; trying again")
                await asyncio.sleep(1)
                continue
            task = loop.create_task(self._serve(connection))
            self._serving.add(task)
            task.add_done_callback(self._serving.discard)

    async def _serve(self, connection: socket.socket) -> None:
        """One giver; one that says nothing, or something odd, holds nobody else up."""
        loop = asyncio.get_running_loop()
        with connection:
            try:
                await asyncio.wait_for(_readable(connection), PATIENCE)
                answer = await self._take(*receive_descriptors(connection))
                await loop.sock_sendall(connection, json.dumps(answer).encode())
            except (OSError, asyncio.TimeoutError) as error:
                logger.warning("a socket was not taken over: %s", error)

    async def _take(self, request: dict[str, object], descriptors: list[int]) -> dict[str, str]:
        if len(descriptors) != 1:
            for one in descriptors:
                os.close(one)
            return {"error": f"one socket was expected, {len(descriptors)} came"}
        listener = _listening_socket(descriptors[0])
        if listener is None:
            return {"error": "what came is not a listening socket"}
        name = str(request.get("cloud"))
        if self._server.tenancy(name) is None:
            listener.close()
            return {"error": f"there is no cloud '{name}'"}
        await self._server.open_door(name, listener)
        return {}


async def _readable(connection: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()

    def tell() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(connection, tell)
    try:
        await ready
    finally:
        loop.remove_reader(connection)


def _listening_socket(descriptor: int) -> socket.socket | None:
    try:
        listener = socket.socket(fileno=descriptor)
    except OSError:
        os.close(descriptor)
        return None
    if listener.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
        return listener
    listener.close()
    return None


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
