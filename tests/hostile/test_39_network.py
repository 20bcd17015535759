"""39 The network: addresses, names, the host's own services, abstract sockets."""

from __future__ import annotations

import socket

import pytest

from course_runtime.grading.background import current_status

from .attack import Attack
from .kit import Kit

WAYS = {
    "address": "socket.create_connection(('1.1.1.1', 53), timeout=1)",
    "v6": "socket.create_connection(('2606:4700:4700::1111', 53), timeout=1)",
    "name": "socket.getaddrinfo('example.com', 80)",
    "datagram": "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'secret', ('8.8.8.8', 53))",
    "web page": "urllib.request.urlopen('http://example.com', timeout=2)",
    "secure web page": "urllib.request.urlopen('https://example.com', timeout=2)",
    "machine": "socket.socket(40, socket.SOCK_STREAM).connect((2, 22))",
}


@pytest.mark.parametrize("way", WAYS)
def test_it_is_refused_in_words(attack: Attack, way: str) -> None:
    result = attack("import socket, urllib.request", WAYS[way])
    assert "here is no network in here" in result.todos[0].message


def test_the_hosts_services_are_not_on_its_loopback(attack: Attack, kit: Kit) -> None:
    status = current_status(kit.places)
    assert status is not None
    result = attack("import socket", f"socket.create_connection(('127.0.0.1', {status['port']}), timeout=1)")
    assert "refused" in result.todos[0].message


def test_abstract_sockets_are_not_shared(attack: Attack) -> None:
    name = "\0hostile-test"
    with socket.socket(socket.AF_UNIX) as outside:
        outside.bind(name)
        outside.listen()
        result = attack("import socket", f"socket.socket(socket.AF_UNIX).connect({name!r})")
    assert "refused" in result.todos[0].message or "not permitted" in result.todos[0].message
