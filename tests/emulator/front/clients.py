"""Clients at the level of bytes: what an SDK never does, a test may."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

from course_runtime.emulator import Cloud

PATIENCE = 10.0


def knock(cloud: Cloud) -> socket.socket:
    """A TCP connection to the cloud's proxy."""
    address = urlsplit(cloud.proxy)
    connection = socket.create_connection((str(address.hostname), int(address.port or 0)), PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def everything(connection: socket.socket) -> bytes:
    """All that comes until the other side ends, however it ends."""
    received = b""
    with contextlib.suppress(ConnectionError):
        while chunk := connection.recv(65_536):
            received += chunk
    return received


def head(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65_536)
        if not chunk:
            break
        received += chunk
    return received


def tunnel(
    cloud: Cloud, host: str = "management.azure.com", connection: socket.socket | None = None
) -> ssl.SSLSocket:
    """CONNECT and TLS, over TCP or a connection that is given."""
    raw = connection or knock(cloud)
    raw.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
    assert head(raw).startswith(b"HTTP/1.1 200 ")
    context = ssl.create_default_context(cafile=cloud.environment()["REQUESTS_CA_BUNDLE"])
    return context.wrap_socket(raw, server_hostname=host)


def request_bytes(cloud: Cloud, path: str, *, method: str = "GET", more: str = "") -> bytes:
    token = cloud.token(cloud.access.object_id)
    lines = f"{method} {path} HTTP/1.1\r\nHost: management.azure.com\r\nAuthorization: Bearer {token}\r\n{more}\r\n"
    return lines.encode()


@contextlib.contextmanager
def echo_server() -> Iterator[int]:
    """A server outside Azure: answers with what it was sent, when the client has sent all."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_echo, args=(listener,), daemon=True).start()
        yield listener.getsockname()[1]


def _echo(listener: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection:
                connection.settimeout(PATIENCE)
                connection.sendall(b"echo:" + everything(connection))
