"""A network namespace's loopback, and the door: the listener that is the worker's only way out.

A socket stays in the namespace it was made in, so the trusted side can accept on the door directly.
"""

from __future__ import annotations

import fcntl
import socket
import struct

from .spec import DOOR_PORT

SIOCSIFFLAGS = 0x8914
IFF_UP = 0x1
DOOR_BACKLOG = 128


def bring_loopback_up() -> None:
    request = struct.pack("16sH22x", b"lo", IFF_UP)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
        fcntl.ioctl(control, SIOCSIFFLAGS, request)


def open_door(private_network: bool) -> socket.socket:
    door = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    door.bind(("127.0.0.1", DOOR_PORT if private_network else 0))
    door.listen(DOOR_BACKLOG)
    return door
