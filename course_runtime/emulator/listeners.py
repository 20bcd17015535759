"""What one running emulator holds: its lock, its port and its sockets."""

from __future__ import annotations

import fcntl
import socket
from pathlib import Path
from typing import TextIO

from course_runtime.emulator.places import Places, PlaceUnusable


def lock(places: Places) -> TextIO:
    """One emulator a folder: two would take each other's sockets away."""
    held = places.in_use.open("a")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        held.close()
        raise PlaceUnusable(
            f"An emulator already runs for the folder {places.state}. Stop it with `workshop emulator stop`, "
            "or give the new one another folder by WORKSHOP_STATE."
        ) from None
    return held


def remembered_port(places: Places) -> int | None:
    try:
        text = places.port_file.read_text().strip()
    except OSError:
        return None
    return int(text) if text.isdecimal() and 0 < int(text) < 65536 else None


def listen_tcp(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", port))
        listener.listen(256)
    except OSError:
        listener.close()
        raise
    return listener


def listen_unix(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    path.chmod(0o600)
    listener.listen(256)
    return listener
