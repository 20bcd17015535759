from __future__ import annotations

import pytest
import requests

from course_runtime.emulator import Cloud
from course_runtime.emulator.front.speaking_http import LONGEST_REQUEST_HEAD

from .clients import everything, request_bytes, tunnel

OPEN_END = "Connection: close\r\n"


def test_endless_headers_are_refused_before_they_fill_the_memory(cloud: Cloud) -> None:
    with tunnel(cloud) as client:
        client.sendall(b"GET / HTTP/1.1\r\n")
        refused = b""
        try:
            for _ in range(LONGEST_REQUEST_HEAD // 1000 + 300):
                client.sendall(b"x-more: " + b"y" * 990 + b"\r\n")
        except OSError:
            return
        refused = everything(client)
    assert refused.startswith(b"HTTP/1.1 400 ")
    assert b"longer than 65536 bytes" in refused


def test_a_long_body_is_no_long_head(signed_in: Cloud, group_id: str) -> None:
    """And one connection serves many requests."""
    url = f"https://management.azure.com{group_id}/providers/Microsoft.Network/virtualNetworks/n"
    body = {"location": "eastus", "properties": {"x": "y" * 200_000}}
    with requests.Session() as client:
        client.headers["Authorization"] = f"Bearer {signed_in.token(signed_in.access.object_id)}"
        assert [client.put(url, json=body, timeout=10).status_code for _ in range(3)] == [201, 200, 200]


def test_chunked_bodies_are_put_together(cloud: Cloud, group_id: str) -> None:
    path = f"{group_id}/providers/Microsoft.Network/virtualNetworks/n"
    chunks = b'5\r\n{"loc\r\n11\r\nation": "eastus"}\r\n0\r\n\r\n'
    with tunnel(cloud) as client:
        client.sendall(
            request_bytes(cloud, path, method="PUT", more="Transfer-Encoding: chunked\r\n" + OPEN_END)
            + chunks
        )
        assert everything(client).startswith(b"HTTP/1.1 201 ")


@pytest.mark.parametrize(
    "said",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 1_0\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"PUT / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_what_is_not_http_gets_400(cloud: Cloud, said: bytes) -> None:
    with tunnel(cloud) as client:
        client.sendall(said)
        answer = everything(client)
    assert answer[:12] in (b"HTTP/1.1 400", b"HTTP/1.1 401"), answer


def test_a_body_that_stops_short_changes_nothing(cloud: Cloud, group_id: str) -> None:
    path = f"{group_id}/providers/Microsoft.Network/virtualNetworks/n"
    with tunnel(cloud) as client:
        said = request_bytes(cloud, path, method="PUT", more="Content-Length: 100\r\n")
        client.sendall(said + b'{"location": "eastus"}')
    assert cloud.request("GET", path).status == 404
