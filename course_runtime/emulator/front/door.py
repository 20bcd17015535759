"""The door: a CONNECT proxy that ends TLS itself and hands the connection to one cloud's application.

The listening socket decides which cloud a client is in; nothing a client says can lead it to another one.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from typing import cast

from starlette.types import ASGIApp
from uvicorn.server import ServerState

from course_runtime.emulator.front.certificates import Certificates
from course_runtime.emulator.front.hosts import is_azure
from course_runtime.emulator.front.passthrough import connect, join
from course_runtime.emulator.front.speaking_http import (
    LONGEST_REQUEST_HEAD,
    SECONDS_TO_SPEAK,
    PromptHttp,
    http_config,
)

MOST_CONNECTIONS = 512
"""At one door. A client that opens more and more must not use up the descriptors of all."""
CONNECTED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass
class Door:
    """Where clients of one cloud come in."""

    application: ASGIApp
    certificates: Certificates
    passes_through: bool
    """Hosts that are not Azure's: passed on for a student, refused in a sandbox."""
    server: asyncio.AbstractServer | None = None
    transports: set[asyncio.Transport] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._config = http_config(self.application)
        self._state = ServerState()

    def serve(self, transport: asyncio.Transport, early: bytes) -> None:
        """Speak HTTP on a connection from here on; `early` is what the client has already said."""
        self.transports.add(transport)
        protocol = PromptHttp(self._config, self._state, {"transport": transport})
        protocol.when_lost = lambda: self.transports.discard(transport)
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        transport.resume_reading()
        if early:
            protocol.data_received(early)

    async def open(self, listener: socket.socket) -> None:
        loop = asyncio.get_running_loop()
        listener.setblocking(False)
        if listener.family == socket.AF_UNIX:
            self.server = await loop.create_unix_server(lambda: Arrival(self), sock=listener)
        else:
            self.server = await loop.create_server(lambda: Arrival(self), sock=listener)

    @property
    def is_open(self) -> bool:
        return self.server is not None and self.server.is_serving()

    def close(self) -> None:
        if self.server:
            self.server.close()
        for transport in list(self.transports):
            transport.abort()


class Arrival(asyncio.Protocol):
    """A client that has just connected: reads its first lines, then makes way for who serves it."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._head = b""
        self._task: asyncio.Task[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._patience = asyncio.get_running_loop().call_later(SECONDS_TO_SPEAK, self._transport.abort)
        if len(self._door.transports) >= MOST_CONNECTIONS:
            self._transport.abort()
        else:
            self._door.transports.add(self._transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._patience.cancel()
        self._leave()

    def _leave(self) -> None:
        self._door.transports.discard(self._transport)

    def data_received(self, data: bytes) -> None:
        self._head += data
        if b"\r\n\r\n" in self._head:
            self._patience.cancel()
            self._transport.pause_reading()
            self._task = asyncio.get_running_loop().create_task(self._admit())
        elif len(self._head) > LONGEST_REQUEST_HEAD:
            self._refuse("431 Request Header Fields Too Large", "The request's first lines are too long.")

    async def _admit(self) -> None:
        words = self._head.split(b"\r\n", 1)[0].decode("latin-1").split(" ")
        try:
            await self._lead(words)
        except (ValueError, OverflowError) as error:
            self._refuse("400 Bad Request", f"'{' '.join(words)}' cannot be done: {error}.")

    async def _lead(self, words: list[str]) -> None:
        if len(words) != 3:
            self._refuse("400 Bad Request", "This is a proxy: `CONNECT host:port HTTP/1.1` was expected.")
        elif words[0] == "CONNECT":
            await self._tunnel(words[1])
        elif words[1].startswith("http://"):
            await self._forward(words[1])
        else:
            self._refuse(
                "400 Bad Request", "This is a proxy for Azure: use it as HTTPS_PROXY and HTTP_PROXY."
            )

    async def _tunnel(self, target: str) -> None:
        host, _, port = target.rpartition(":")
        rest = self._head.split(b"\r\n\r\n", 1)[1]
        if is_azure(host) and rest:
            self._refuse("400 Bad Request", "Wait for the answer to CONNECT before you go on.")
        elif is_azure(host):
            await self._serve_tls(host)
        elif self._door.passes_through:
            await self._pass_on(host.strip("[]"), _port_number(port), rest, CONNECTED)
        else:
            self._refuse_host(host)

    async def _serve_tls(self, host: str) -> None:
        """Answer the CONNECT, become the server of that host, and hand over."""
        context = self._door.certificates.context(host)
        self._transport.write(CONNECTED)
        landing = Landing()
        try:
            secured = await asyncio.get_running_loop().start_tls(
                self._transport,
                landing,
                context,
                server_side=True,
                ssl_handshake_timeout=SECONDS_TO_SPEAK,
            )
        except OSError:
            self._transport.abort()
            self._leave()
            return
        self._leave()
        if secured is not None and not landing.lost:
            self._door.serve(secured, landing.early)

    async def _forward(self, url: str) -> None:
        """Plain http through the proxy: Azure's metadata endpoint, or somebody else's site."""
        authority = url[len("http://") :].split("/", 1)[0]
        host, _, port = authority.partition(":")
        if is_azure(host):
            self._door.serve(self._transport, self._head)
        elif self._door.passes_through:
            await self._pass_on(host, _port_number(port or "80"), self._head)
        else:
            self._refuse_host(host)

    async def _pass_on(self, host: str, port: int, head: bytes, answer: bytes = b"") -> None:
        try:
            far = await connect(host, port)
        except OSError as error:
            self._refuse("502 Bad Gateway", f"{host}:{port} could not be reached: {error}")
            return
        if self._transport.is_closing():
            far[0].abort()
            return
        self._transport.write(answer)
        join(self._transport, far, head, self._leave)

    def _refuse_host(self, host: str) -> None:
        self._refuse("403 Forbidden", f"Only Azure can be reached from here; '{host}' was refused.")

    def _refuse(self, status: str, message: str) -> None:
        body = message.encode()
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\nConnection: close"
        self._transport.write(f"{head}\r\n\r\n".encode() + body)
        self._transport.close()


def _port_number(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text[:6]) < 65_536:
        raise ValueError(f"'{text}' is not a port")
    return int(text)


class Landing(asyncio.Protocol):
    """Keeps what a quick client sends between the end of the handshake and the hand-over."""

    def __init__(self) -> None:
        self.early = b""
        self.lost = False

    def data_received(self, data: bytes) -> None:
        self.early += data

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost = True
