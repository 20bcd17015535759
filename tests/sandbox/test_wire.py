from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.sandbox import wire
from course_runtime.sandbox.values import Malformed, NotPlain


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_a_frame_arrives_whole(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    blob = bytes(range(256)) * 40_000
    packed = wire.pack({"a": "ü"}, [blob, b"end"])
    sender = threading.Thread(target=wire.send, args=(here, packed))
    sender.start()
    frame = wire.receive(there, time.monotonic() + 30)
    sender.join()
    assert frame.content == {"a": "ü"}
    assert frame.blobs == blob + b"end"


def test_hanging_up_is_an_end(ends: tuple[socket.socket, socket.socket]) -> None:
    here, there = ends
    here.sendall(b"\0\0")
    here.close()
    with pytest.raises(wire.Ended):
        wire.receive(there)


def test_silence_is_too_late(ends: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(wire.TooLate):
        wire.receive(ends[1], time.monotonic() + 0.05)


def test_nobody_reading_is_too_late(ends: tuple[socket.socket, socket.socket]) -> None:
    with pytest.raises(wire.TooLate):
        wire.send(ends[0], bytes(20_000_000), time.monotonic() + 0.2)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_frame_or_refused(data: bytes) -> None:
    here, there = socket.socketpair()
    with there:
        with here:
            here.sendall(data)
        with pytest.raises((Malformed, wire.Ended)):
            wire.receive(there)


@pytest.mark.parametrize(
    "text", [b"[]", b"1", b"{", b'{"a": NaN}', b'{"a": 1e5', b"\xff\xfe", b"[" * 100_000, b"9" * 10_000]
)
def test_text_that_is_no_object_is_malformed(ends: tuple[socket.socket, socket.socket], text: bytes) -> None:
    here, there = ends
    here.sendall(struct.pack("!II", 4 + len(text), len(text)) + text)
    with pytest.raises(Malformed):
        wire.receive(there, time.monotonic() + 30)


@pytest.mark.parametrize(("length", "text"), [(0, 0), (2**32 - 1, 10), (10, 7), (2**25 + 4, 2**25)])
def test_lengths_out_of_bounds_are_malformed(
    ends: tuple[socket.socket, socket.socket], length: int, text: int
) -> None:
    here, there = ends
    here.sendall(struct.pack("!II", length, text))
    with pytest.raises(Malformed, match="out of bounds"):
        wire.receive(there, time.monotonic() + 30)


def test_what_is_too_large_is_not_packed() -> None:
    with pytest.raises(NotPlain, match="bytes of text"):
        wire.pack({"a": "x" * (wire.MOST_JSON + 1)}, [])
