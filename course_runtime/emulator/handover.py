"""How a sandbox's listening socket reaches the emulator: over AF_UNIX, as a file descriptor.

A socket stays in the network namespace it was made in, so accepting on it here lets the sandbox's clients in
although its network is cut off. Nothing is relayed.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
from typing import TYPE_CHECKING

from course_runtime.emulator.descriptors import PATIENCE, receive_descriptors

if TYPE_CHECKING:
    from course_runtime.emulator.server import Server

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
