"""The process that has made a set of imports and forks workers: one thread, nothing secret, nothing of a student's.

python -m course_runtime.sandbox.zygote --imports azure --socket PATH
"""

from __future__ import annotations

import argparse
import fcntl
import gc
import json
import os
import select
import signal
import socket
import struct
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import cgroups, import_sets
from .descriptors import close_quietly, receive_with_descriptors
from .given import DESCRIPTORS
from .keepers import Keepers
from .packages_state import packages_state
from .plain_switch import jailed
from .spec import JailSpec, spec_from_json

LOOK_AROUND_SECONDS = 1.0
SECONDS_UNTIL_AHEAD = 0.04  # the worker's own start comes first
REQUEST_SECONDS = 2.0
MOST_REQUEST = 4 * 1024 * 1024
DEFAULT_IDLE_MINUTES = 60.0
CREDENTIALS = struct.Struct("3i")


@dataclass
class Readiness:
    """What this zygote can give: told to whoever asks."""

    imports: str
    missing: list[str] = field(default_factory=list)
    threads: list[str] = field(default_factory=list)
    modules: int = 0
    seconds: float = 0.0
    pid: int = 0


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse(arguments)
    path = Path(options.socket)
    lock = take_lock(path)
    if lock is None:
        return 0  # another zygote serves this socket, or is about to
    parent = os.getppid()
    listener = listen(path)
    cgroups.remove_abandoned()
    readiness = warm_up(options.imports)
    keepers = Keepers()
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    try:
        serve(listener, path, readiness, keepers, options.idle_minutes * 60, parent)
    finally:
        keepers.close()
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m course_runtime.sandbox.zygote")
    parser.add_argument("--imports", choices=sorted(import_sets.IMPORT_SETS), default="plain")
    parser.add_argument("--socket", required=True)
    parser.add_argument("--idle-minutes", type=float, default=DEFAULT_IDLE_MINUTES)
    return parser.parse_args(arguments)


def take_lock(path: Path) -> int | None:
    """Held for the life of this process, so that two starts make one zygote."""
    lock = os.open(f"{path}.lock", os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def listen(path: Path) -> socket.socket:
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    path.chmod(0o600)
    listener.listen(128)
    return listener


def warm_up(name: str) -> Readiness:
    started = time.monotonic()
    gc.disable()
    missing = import_sets.make_imports(name) if jailed() else []  # no fork, so nothing to have ready
    gc.enable()
    gc.collect()
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel then reaps the middles by itself
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    return Readiness(
        imports=name,
        missing=missing,
        threads=extra_threads(),
        modules=len(import_sets.imported()),
        seconds=time.monotonic() - started,
        pid=os.getpid(),
    )


def extra_threads() -> list[str]:
    """Names of threads that an import has left running; a fork with threads about is not safe."""
    named = {thread.native_id: thread.name for thread in threading.enumerate()}
    try:
        running = [int(entry.name) for entry in os.scandir("/proc/self/task")]
    except OSError:
        running = [number for number in named if number is not None]
    return [
        named.get(number, f"thread {number}, not Python's") for number in running if number != os.getpid()
    ]


def serve(
    listener: socket.socket,
    path: Path,
    readiness: Readiness,
    keepers: Keepers,
    idle_seconds: float,
    parent: int,
) -> None:
    last_used, packages = time.monotonic(), packages_state()

    def is_wanted() -> bool:
        """With other packages than those it has imported, a new one is: who asks next starts it."""
        used = time.monotonic() - last_used < idle_seconds
        return used and os.getppid() == parent and path.exists() and packages_state() == packages

    spec: JailSpec | None = None
    while is_wanted():
        ready, _, _ = select.select(
            [listener], [], [], LOOK_AROUND_SECONDS if spec is None else SECONDS_UNTIL_AHEAD
        )
        if not ready:
            if spec is not None:
                keepers.make_ahead(spec)
                spec = None
            continue
        last_used = time.monotonic()
        client, _ = listener.accept()
        with client:
            spec = _serve_one(client, readiness, keepers) or spec


def _serve_one(client: socket.socket, readiness: Readiness, keepers: Keepers) -> JailSpec | None:
    """What the worker is like that was asked for, if one was."""
    descriptors: list[int] = []
    try:
        if _same_user(client):
            client.settimeout(REQUEST_SECONDS)
            return _answer(client, _read_request(client, descriptors), descriptors, readiness, keepers)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        _say(client, {"error": f"the request could not be served: {problem}"})
    finally:
        for descriptor in descriptors:
            close_quietly(descriptor)
    return None


def _read_request(client: socket.socket, descriptors: list[int]) -> dict[str, Any]:
    text = b""
    while not text.endswith(b"\n"):
        part, received = receive_with_descriptors(client, DESCRIPTORS, 65536)
        descriptors += received
        text += part
        if not part or len(text) > MOST_REQUEST:
            raise ValueError("it was cut short or too long")
    request = json.loads(text)
    if not isinstance(request, dict):
        raise ValueError("it is not a JSON object")
    return request


def _answer(
    client: socket.socket,
    request: dict[str, Any],
    descriptors: list[int],
    readiness: Readiness,
    keepers: Keepers,
) -> JailSpec | None:
    if request["do"] == "report":
        _say(client, vars(readiness))
        return None
    if request["do"] == "spawn" and len(descriptors) == DESCRIPTORS:
        spec = spec_from_json(json.dumps(request["spec"]).encode())
        keepers.start_worker(spec, descriptors)
        return spec
    raise ValueError(f"it asks for {request['do']!r} with {len(descriptors)} descriptors")


def _say(client: socket.socket, message: dict[str, Any]) -> None:
    try:
        client.sendall(json.dumps(message).encode() + b"\n")
    except OSError:
        return


def _same_user(client: socket.socket) -> bool:
    if not hasattr(socket, "SO_PEERCRED"):
        return True  # the socket's own permissions then have to do
    _, uid, _ = CREDENTIALS.unpack(client.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size))
    return uid in (os.getuid(), 0)


if __name__ == "__main__":
    raise SystemExit(main())
