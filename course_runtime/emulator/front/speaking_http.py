"""HTTP on a connection, in front of an ASGI application: uvicorn's protocol, with manners of our own."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Callable

from starlette.types import ASGIApp
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

LONGEST_REQUEST_HEAD = 65_536
SECONDS_TO_SPEAK = 30.0
"""How long a client may stay silent before its first request."""


class PromptHttp(HttpToolsProtocol):
    """Acknowledges at once what it receives, and waits neither for ever nor for endless headers.

    Clients behind a proxy send a request's head and body apart, with Nagle's algorithm on; a delayed
    acknowledgement would cost every request with a body 40 ms.
    """

    when_lost: Callable[[], None] | None = None
    _head_size: int | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        raw = transport.get_extra_info("socket")
        tcp = hasattr(socket, "TCP_QUICKACK") and raw is not None and raw.family == socket.AF_INET
        self._socket = raw if tcp else None
        self.timeout_keep_alive_task = self.loop.call_later(SECONDS_TO_SPEAK, self.timeout_keep_alive_handler)

    def connection_lost(self, exc: Exception | None) -> None:
        self._unset_keepalive_if_required()
        super().connection_lost(exc)
        if self.when_lost:
            self.when_lost()

    def data_received(self, data: bytes) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
        had_begun = self._head_size is not None
        super().data_received(data)
        if had_begun and self._head_size is not None and not self.transport.is_closing():
            self._head_size += len(data)
            if self._head_size > LONGEST_REQUEST_HEAD:
                self.send_400_response(f"The request's head is longer than {LONGEST_REQUEST_HEAD} bytes.")

    def on_message_begin(self) -> None:
        self._head_size = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head_size = None
        super().on_headers_complete()


async def serve_plain(application: ASGIApp, listener: socket.socket) -> asyncio.AbstractServer:
    """An application on a socket without a proxy and without TLS: the control socket."""
    config = http_config(application)
    state = ServerState()
    listener.setblocking(False)
    loop = asyncio.get_running_loop()
    return await loop.create_unix_server(lambda: HttpToolsProtocol(config, state, {}), sock=listener)


def http_config(application: ASGIApp) -> Config:
    config = Config(
        application,
        http=HttpToolsProtocol,
        ws="none",
        interface="asgi3",
        lifespan="off",
        log_config=None,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_keep_alive=120,
    )
    config.load()
    return config
