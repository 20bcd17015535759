from __future__ import annotations

import random
import socket
import ssl
import time

import pytest
import requests

from course_runtime.emulator import Cloud, Emulator
from course_runtime.emulator.front import door

from .clients import echo_server, everything, head, knock, request_bytes, tunnel


def still_answers(cloud: Cloud) -> bool:
    with tunnel(cloud) as client:
        client.sendall(request_bytes(cloud, "/subscriptions", more="Connection: close\r\n"))
        return everything(client).startswith(b"HTTP/1.1 200 ")


def test_azure_is_answered_through_connect_with_a_certificate_for_the_host(cloud: Cloud) -> None:
    assert still_answers(cloud)
    with tunnel(cloud, "some-account.blob.core.windows.net"):
        pass


def test_what_a_client_says_at_once_after_the_handshake_is_heard(cloud: Cloud) -> None:
    for _ in range(20):
        with tunnel(cloud) as client:
            client.sendall(request_bytes(cloud, "/subscriptions", more="Connection: close\r\n"))
            assert everything(client).startswith(b"HTTP/1.1 200 ")


def test_the_personal_door_is_open_to_processes_without_a_network(emulator: Emulator) -> None:
    personal = emulator.client.personal()
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.connect(str(emulator.places.door_socket))
    with tunnel(personal, connection=connection) as client:
        client.sendall(request_bytes(personal, "/subscriptions", more="Connection: close\r\n"))
        assert personal.access.subscription_id.encode() in everything(client)


def test_plain_http_reaches_the_metadata_endpoint(cloud: Cloud) -> None:
    answer = requests.get(
        "http://169.254.169.254/metadata/identity/oauth2/token?resource=r",
        proxies={"http": cloud.proxy},
        timeout=10,
    )
    assert answer.status_code == 400
    assert answer.json()["error_description"] == "Required metadata header not specified"


def test_a_sandbox_reaches_nothing_but_azure(cloud: Cloud) -> None:
    with echo_server() as port, knock(cloud) as client:
        client.sendall(f"CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\n".encode())
        refused = everything(client)
    assert refused.startswith(b"HTTP/1.1 403 ")
    assert b"Only Azure can be reached from here; '127.0.0.1' was refused." in refused
    with echo_server() as port, knock(cloud) as client:
        client.sendall(f"GET http://127.0.0.1:{port}/x HTTP/1.1\r\n\r\n".encode())
        assert everything(client).startswith(b"HTTP/1.1 403 ")


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"hello\r\n\r\n", b"400"),
        (b"CONNECT nothing HTTP/1.1\r\n\r\n", b"403"),
        (b"CONNECT *.azure.com:443 HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT a..azure.com:443 HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT \xff.azure.com:443 HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT " + b"a" * 300 + b".azure.com:443 HTTP/1.1\r\n\r\n", b"400"),
        (b"CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n\x16\x03\x01", b"400"),
        (b"x" * (door.LONGEST_REQUEST_HEAD + 1), b"431"),
    ],
)
def test_what_is_no_proxy_request_is_refused_in_words(cloud: Cloud, said: bytes, status: bytes) -> None:
    with knock(cloud) as client:
        client.sendall(said)
        assert everything(client).split(b" ")[1] == status
    assert still_answers(cloud)


@pytest.mark.parametrize("where", ["nobody.invalid:1", "127.0.0.1:99999", "127.0.0.1:x", "127.0.0.1:0"])
def test_a_host_that_cannot_be_reached_is_told_before_the_tunnel_opens(
    emulator: Emulator, where: str
) -> None:
    with knock(emulator.client.personal()) as client:
        client.sendall(f"CONNECT {where} HTTP/1.1\r\n\r\n".encode())
        assert everything(client)[:12] in (b"HTTP/1.1 502", b"HTTP/1.1 400")


def test_garbage_where_tls_was_expected_ends_the_connection_only(cloud: Cloud) -> None:
    noise = random.Random(0)
    for _ in range(10):
        with knock(cloud) as client:
            client.sendall(b"CONNECT management.azure.com:443 HTTP/1.1\r\n\r\n")
            head(client)
            client.sendall(noise.randbytes(300))
            everything(client)
    assert still_answers(cloud)


@pytest.mark.parametrize("spoken", [0, 5, 40, 120, 400])
def test_a_client_that_goes_away_in_the_middle_leaves_nothing_behind(
    emulator: Emulator, cloud: Cloud, group_id: str, spoken: int
) -> None:
    (opened,) = emulator._server._tenancies[cloud.name].doors
    said = request_bytes(cloud, group_id, method="PUT", more="Content-Length: 5000\r\n") + b"{" * 100
    for _ in range(5):
        client = tunnel(cloud)
        client.sendall(said[:spoken] or b"\r\n")
        client.close()
    for _ in range(200):
        if not opened.transports:
            break
        time.sleep(0.01)
    assert not opened.transports
    assert still_answers(cloud)


def test_a_client_that_says_nothing_is_sent_away(cloud: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    from course_runtime.emulator.front import speaking_http

    monkeypatch.setattr(door, "SECONDS_TO_SPEAK", 0.2)
    monkeypatch.setattr(speaking_http, "SECONDS_TO_SPEAK", 0.2)
    with knock(cloud) as silent:
        assert everything(silent) == b""
    with tunnel(cloud) as silent_inside:
        assert everything(silent_inside) == b""


def test_more_clients_than_a_door_takes_are_turned_away(
    cloud: Cloud, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door, "MOST_CONNECTIONS", 3)
    waiting = [knock(cloud) for _ in range(3)]
    with knock(cloud) as one_too_many:
        assert everything(one_too_many) == b""
    for client in waiting:
        client.close()


def test_big_bodies_go_both_ways_although_one_side_is_slow(cloud: Cloud, group_id: str) -> None:
    path = f"{group_id}/providers/Microsoft.Network/virtualNetworks/big"
    body = b'{"location": "eastus", "properties": {"x": "' + b"y" * 3_900_000 + b'"}}'
    with tunnel(cloud) as client:
        client.sendall(request_bytes(cloud, path, method="PUT", more=f"Content-Length: {len(body)}\r\n"))
        for at in range(0, len(body), 500_000):
            client.sendall(body[at : at + 500_000])
            time.sleep(0.005)
        assert head(client).startswith(b"HTTP/1.1 201 ")
    with tunnel(cloud) as client:
        client.sendall(request_bytes(cloud, path, more="Connection: close\r\n"))
        time.sleep(0.1)
        assert len(everything(client)) > len(body)


def test_the_door_of_a_cloud_that_is_gone_is_closed(cloud: Cloud) -> None:
    client = tunnel(cloud)
    cloud.close()
    assert everything(client) == b""
    with pytest.raises((ConnectionError, ssl.SSLError)):
        knock(cloud)
