"""Hosts that are not Azure's: two connections, byte for byte, each waiting for the other when it is slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Pipe(asyncio.Protocol):
    """One end; what it receives goes out at the other."""

    def __init__(self, when_lost: Callable[[], None] | None = None) -> None:
        self.other: asyncio.Transport | None = None
        self.opposite: Pipe | None = None
        self.ended = False
        self._when_lost = when_lost

    def data_received(self, data: bytes) -> None:
        if self.other:
            self.other.write(data)

    def eof_received(self) -> bool:
        """This side has said all it wants to; it may still listen, until the other has done so too."""
        self.ended = True
        if self.opposite and self.opposite.ended:
            return False
        if self.other and self.other.can_write_eof() and not self.other.is_closing():
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
        if self._when_lost:
            self._when_lost()


async def connect(host: str, port: int) -> tuple[asyncio.Transport, Pipe]:
    """The far end, not reading yet."""
    transport, far = await asyncio.get_running_loop().create_connection(Pipe, host, port)
    transport.pause_reading()
    return transport, far


def join(
    client: asyncio.Transport, far: tuple[asyncio.Transport, Pipe], head: bytes, when_lost: Callable[[], None]
) -> None:
    """From here on what one says, the other hears; `head` is what the client has already said."""
    transport, pipe = far
    near = Pipe(when_lost)
    near.other, near.opposite = transport, pipe
    pipe.other, pipe.opposite = client, near
    if head:
        transport.write(head)
    client.set_protocol(near)
    client.resume_reading()
    transport.resume_reading()
