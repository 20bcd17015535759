from __future__ import annotations

import socket
import threading
import time

import pytest

from course_runtime.emulator import Cloud, Emulator

from .clients import echo_server, everything, head, knock


@pytest.fixture
def personal(emulator: Emulator) -> Cloud:
    return emulator.client.personal()


def connect_to(personal: Cloud, port: int) -> socket.socket:
    client = knock(personal)
    client.sendall(f"CONNECT localhost:{port} HTTP/1.1\r\n\r\n".encode())
    assert head(client) == b"HTTP/1.1 200 Connection established\r\n\r\n"
    return client


def test_other_hosts_are_reached_byte_for_byte_and_each_side_may_end_first(personal: Cloud) -> None:
    """The client has said all and still listens: a half-open connection."""
    with echo_server() as port, connect_to(personal, port) as client:
        client.sendall(b"\x16\x03 not http")
        client.shutdown(socket.SHUT_WR)
        assert everything(client) == b"echo:\x16\x03 not http"


def test_plain_http_is_passed_on_with_what_the_client_has_said(personal: Cloud) -> None:
    with echo_server() as port, knock(personal) as client:
        said = f"GET http://localhost:{port}/x HTTP/1.1\r\nHost: localhost\r\n\r\nmore".encode()
        client.sendall(said)
        client.shutdown(socket.SHUT_WR)
        assert everything(client) == b"echo:" + said


def test_what_is_said_along_with_connect_is_passed_on(personal: Cloud) -> None:
    with echo_server() as port, knock(personal) as client:
        client.sendall(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\nearly".encode())
        client.shutdown(socket.SHUT_WR)
        assert everything(client).endswith(b"echo:early")


def test_much_is_carried_to_a_slow_reader(personal: Cloud) -> None:
    much = b"x" * 20_000_000
    with echo_server() as port, connect_to(personal, port) as client:
        sender = threading.Thread(target=lambda: (client.sendall(much), client.shutdown(socket.SHUT_WR)))
        sender.start()
        time.sleep(0.1)
        assert len(everything(client)) == len(much) + len(b"echo:")
        sender.join()


def test_nothing_stays_open_when_either_side_goes(emulator: Emulator, personal: Cloud) -> None:
    doors = emulator._server.personal.doors
    with echo_server() as port:
        for _ in range(10):
            connect_to(personal, port).close()
    for _ in range(200):
        if not any(door.transports for door in doors):
            break
        time.sleep(0.01)
    assert not any(door.transports for door in doors)
