"""File descriptors: which to keep over a fork, and how to pass some through a socket."""

from __future__ import annotations

import array
import contextlib
import os
import socket
from collections.abc import Iterable

HIGHEST_WITHOUT_PROC = 4096
FIRST_HIGH = 200


def open_descriptors() -> list[int]:
    for folder in ("/proc/self/fd", "/dev/fd"):
        try:
            return [int(entry.name) for entry in os.scandir(folder)]
        except OSError:
            continue
    return list(range(HIGHEST_WITHOUT_PROC))


def close_all_but(kept: Iterable[int]) -> None:
    keep = set(kept)
    for descriptor in open_descriptors():
        if descriptor not in keep:
            close_quietly(descriptor)


def close_quietly(descriptor: int) -> None:
    with contextlib.suppress(OSError):
        os.close(descriptor)


def move_high(descriptor: int) -> int:
    """A close-on-exec copy with a high number, out of the way of code that closes or guesses low ones."""
    import fcntl  # not on every system that may import this room

    high = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, FIRST_HIGH)
    os.close(descriptor)
    return high


def send_with_descriptors(channel: socket.socket, message: bytes, descriptors: Iterable[int]) -> None:
    rights = array.array("i", descriptors)
    ancillary = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)] if rights else []
    sent = channel.sendmsg([message], ancillary)
    if sent < len(message):  # sending nothing would fail where the other side has read all and hung up
        channel.sendall(message[sent:])


def receive_with_descriptors(channel: socket.socket, most: int, size: int) -> tuple[bytes, list[int]]:
    """One read of at most `size` bytes with the descriptors that came with it, all close-on-exec."""
    flags = getattr(socket, "MSG_CMSG_CLOEXEC", 0)
    room = socket.CMSG_SPACE(most * array.array("i").itemsize)
    message, ancillary, _, _ = channel.recvmsg(size, room, flags)
    received = array.array("i")
    for level, kind, data in ancillary:
        if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
            received.frombytes(data[: len(data) - len(data) % received.itemsize])
    return message, list(received)
