"""Hosts that are not Azure's: two connections, byte for byte, each waiting for the other when it is slow."""

from __future__ import annotations

import asyncio
from typing import cast


class Pipe(asyncio.Protocol):
    """One end; what it receives goes out at the other."""

    def __init__(self) -> None:
        self.other: asyncio.Transport | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self.other:
            self.other.write(data)

    def eof_received(self) -> bool:
        if self.other and self.other.can_write_eof():
            self.other.write_eof()
        return True

    def pause_writing(self) -> None:
        if self.other:
            self.other.pause_reading()

    def resume_writing(self) -> None:
        if self.other:
            self.other.resume_reading()

    def connection_lost(self, exc: Exception | None) -> None:
        if self.other:
            self.other.close()


async def pass_through(client: asyncio.Transport, host: str, port: int, head: bytes) -> None:
    """Join a client to the host it asked for; returns when the two are joined."""
    near, far = Pipe(), Pipe()
    transport, _ = await asyncio.get_running_loop().create_connection(lambda: far, host, port)
    near.connection_made(client)
    near.other, far.other = transport, client
    transport.write(head)
    client.set_protocol(near)
    client.resume_reading()
