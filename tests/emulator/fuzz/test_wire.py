"""Requests that are broken as HTTP: huge, cut off, lying about their length. By the door, over TLS."""

from __future__ import annotations

import json
import socket
import ssl
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator import Cloud

from .values import TRIES

HOSTS = [
    "management.azure.com",
    "login.microsoftonline.com",
    "eastus.api.azureml.ms",
    "fuzzdata.blob.core.windows.net",
    "fuzzdata.dfs.core.windows.net",
    "fuzzdata.file.core.windows.net",
    "fuzzvault1.vault.azure.net",
    "unheard-of.azure.com",
]
LINES = [
    "Content-Length: -1",
    "Content-Length: a",
    "Content-Length: 5",
    "Content-Length: 5, 6",
    ": a",
    "a",
    " a: b",
]
LINES += ["Transfer-Encoding: chunked", "Transfer-Encoding: gzip", "Expect: 100-continue", "Host: a\x00b"]
LINES += ["Connection: upgrade", "Upgrade: h2c", "Content-Encoding: gzip", f"X: {'y' * 9_000}"]
SECONDS = 20
"""An answer comes in milliseconds; what takes longer hangs."""
MEGABYTE = 2**20


def connect(cloud: Cloud, host: str) -> ssl.SSLSocket:
    proxy = urlsplit(cloud.proxy)
    plain = socket.create_connection((proxy.hostname, proxy.port), timeout=SECONDS)
    plain.sendall(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
    assert b" 200 " in plain.recv(4096)
    return ssl.create_default_context(cafile=str(cloud.trust)).wrap_socket(plain, server_hostname=host)


def said(cloud: Cloud, host: str, sent: bytes, *, cut_off: bool = False) -> bytes:
    """What comes back until the line is closed or falls silent with a whole answer."""
    with closing(connect(cloud, host)) as line:
        try:
            line.sendall(sent)
            if cut_off:
                line.unwrap()
        except OSError:
            return b""
        return _answer(line)


def _answer(line: ssl.SSLSocket) -> bytes:
    received = b""
    while True:
        try:
            more = line.recv(65_536)
        except TimeoutError:
            raise AssertionError(f"no answer within {SECONDS} seconds; so far: {received!r}") from None
        except OSError:
            return received
        received += more
        if not more or _is_whole(received):
            return received


def _is_whole(received: bytes) -> bool:
    head, mark, body = received.partition(b"\r\n\r\n")
    lines = [one.partition(b":") for one in head.lower().split(b"\r\n")[1:]]
    lengths = [int(value) for name, _, value in lines if name == b"content-length"]
    return bool(mark) and len(body) >= (lengths[0] if lengths else 0)


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


@TRIES
@given(
    st.sampled_from(HOSTS),
    st.sampled_from(["GET", "PUT", "POST", "BREW", "get", "P\u00dcT", ""]),
    st.text(st.characters(min_codepoint=1, max_codepoint=255), max_size=20),
    st.sampled_from(["HTTP/1.1", "HTTP/1.0", "HTTP/9.9", "", "HTTP/2"]),
    st.lists(st.sampled_from(LINES), max_size=3),
    st.binary(max_size=30),
)
def test_any_head(
    cloud: Cloud, host: str, method: str, path: str, version: str, lines: list[str], body: bytes
) -> None:
    head = "\r\n".join([f"{method} /{path} {version}", f"Host: {host}", *lines, "Connection: close", "", ""])
    answer = said(cloud, host, head.encode("latin-1") + body, cut_off=True)
    assert not answer or status(answer) < 500 or status(answer) == 501, (head, body, answer)


@pytest.mark.parametrize("host", HOSTS)
def test_a_body_cut_off_is_not_waited_for(cloud: Cloud, host: str) -> None:
    for more in ("Content-Length: 1000000", "Transfer-Encoding: chunked"):
        head = f"PUT /subscriptions/a HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer x\r\n{more}\r\n\r\n"
        answer = said(cloud, host, head.encode() + b'7\r\n{"a": 1', cut_off=True)
        assert not answer or 400 <= status(answer) < 500 or status(answer) == 501, answer


@pytest.mark.parametrize("size", [5 * MEGABYTE, 60 * MEGABYTE])
def test_a_huge_body_is_refused_in_words(cloud: Cloud, group_id: str, size: int) -> None:
    body = b'{"location": "eastus", "tags": {"a": "' + b"x" * size + b'"}}'
    answer = cloud.request("PUT", group_id, body)
    assert (answer.status, answer.body["error"]["code"]) == (413, "RequestContentTooLarge")


@pytest.mark.parametrize("deep", [200, 100_000])
def test_deep_json_is_refused_in_words(cloud: Cloud, group_id: str, deep: int) -> None:
    for opened, closed in (("[", "]"), ('{"a":', "}")):
        body = f'{{"location": "eastus", "properties": {opened * deep}1{closed * deep}}}'
        answer = cloud.request("PUT", group_id, body.encode())
        assert (answer.status, answer.body["error"]["code"]) == (400, "InvalidRequestContent")


def test_it_works_as_before_afterwards(cloud: Cloud, group_id: str) -> None:
    for host in HOSTS:
        said(cloud, host, b"\x00" * 5_000, cut_off=True)
    answer = cloud.request("GET", group_id)
    assert (answer.status, json.dumps(answer.body["name"])) == (200, '"rg"')
