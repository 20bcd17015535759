from __future__ import annotations

import asyncio
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import Message

from course_runtime.emulator.front.bodies import DEEPEST, json_of, limited_body
from course_runtime.emulator.kernel.errors import AzureError


def request_with(chunks: list[bytes], headers: dict[str, str] | None = None) -> Request:
    async def receive() -> Message:
        return {"type": "http.request", "body": chunks.pop(0), "more_body": bool(chunks)}

    raw = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
    return Request({"type": "http", "headers": raw}, receive)


def test_a_body_comes_whole_whatever_its_chunks() -> None:
    assert asyncio.run(limited_body(request_with([b"ab", b"", b"c"]), 3)) == b"abc"


@pytest.mark.parametrize("headers", [{}, {"content-length": "2000"}])
def test_a_body_over_the_limit_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(AzureError) as refused:
        asyncio.run(limited_body(request_with([b"x" * 1000, b"x" * 1000], headers), 1024))
    assert (refused.value.status, refused.value.code) == (413, "RequestContentTooLarge")
    assert "'1 KB'" in refused.value.message


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"{'a': 1}",
        b"NaN",
        b'{"a": Infinity}',
        b'{"a": 1e999}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b"[" * 101 + b"]" * 101,
        b"[" * 100_000,
        b'{"a":' * 50_000,
        b"\xff\xfe\x00",
        b"\x80",
    ],
    ids=lambda body: repr(body[:12]),
)
def test_what_could_not_be_shown_again_is_refused(body: bytes) -> None:
    with pytest.raises(AzureError) as refused:
        json_of(body)
    assert (refused.value.status, refused.value.code) == (400, "InvalidRequestContent")


def test_nothing_is_none() -> None:
    assert json_of(b" \n") is None


def test_deep_but_not_too_deep_passes() -> None:
    body = b"[" * DEEPEST + b"]" * DEEPEST
    assert json_of(body) == json.loads(body)


@given(st.binary(max_size=60))
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    try:
        value = json_of(body)
    except AzureError as refused:
        assert refused.status == 400
    else:
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
