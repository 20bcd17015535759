"""The keepers that a zygote forks, one for each worker; where more workers are to come, the next one's is made ahead.

A jail takes longer to make than to enter. The one made ahead has run nothing, and is given away once.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn

from . import middle, plain_keeper
from .lines import send_line
from .plain_switch import jailed
from .spec import JailSpec

SECONDS_TO_CLEAR_AWAY = 5.0
Run = Callable[[JailSpec, socket.socket, int], None]


@dataclass(frozen=True)
class Keeper:
    """A process that makes a jail, and waits to be told whose it is."""

    orders: socket.socket

    def give(self, spec: JailSpec, descriptors: Iterable[int]) -> None:
        with self.orders:
            send_line(self.orders, {"environment": dict(spec.environment)}, descriptors)

    def dismiss(self) -> None:
        """It clears its jail away, and ends."""
        self.orders.close()

    def dismiss_and_wait(self) -> None:
        with self.orders, contextlib.suppress(OSError):
            self.orders.shutdown(socket.SHUT_WR)
            self.orders.settimeout(SECONDS_TO_CLEAR_AWAY)
            self.orders.recv(1)


@dataclass(frozen=True)
class Walls:
    """What a jail looks like, whoever lives in it."""

    spec: JailSpec
    bound: tuple[tuple[int, int] | None, ...]
    """The files that its paths meant when they were bound: another file of that name is none of its own."""

    @classmethod
    def of(cls, spec: JailSpec) -> Walls:
        paths = (*spec.readable, *spec.hidden)
        return cls(replace(spec, environment={}), tuple(_identity(path) for path in paths))


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


class Keepers:
    def __init__(self) -> None:
        self._next: tuple[Walls, Keeper] | None = None

    def start_worker(self, spec: JailSpec, descriptors: Iterable[int]) -> None:
        """The worker gets `descriptors`; they stay open here."""
        given = list(descriptors)
        ready = self._made_ahead(spec)
        try:
            (ready or fork_keeper(spec)).give(spec, given)
        except BrokenPipeError:
            if ready is None:
                raise
            fork_keeper(spec).give(spec, given)  # the one made ahead has died, of whatever

    def make_ahead(self, spec: JailSpec) -> None:
        """Not for a worker with folders of its own: the next one will have others."""
        if spec.more_to_come and not spec.writable and not spec.fresh and jailed() and self._next is None:
            walls = Walls.of(spec)
            self._next = walls, fork_keeper(walls.spec)

    def close(self) -> None:
        if self._next is not None:
            self._next[1].dismiss_and_wait()
            self._next = None

    def _made_ahead(self, spec: JailSpec) -> Keeper | None:
        if self._next is None or not spec.more_to_come:
            return None
        walls, keeper = self._next
        self._next = None
        if walls == Walls.of(spec):
            return keeper
        keeper.dismiss()
        return None


def fork_keeper(spec: JailSpec) -> Keeper:
    zygote = os.getpid()
    orders, theirs = socket.socketpair()
    if os.fork() == 0:
        _live(spec, theirs, zygote)
    theirs.close()
    return Keeper(orders)


def _live(spec: JailSpec, orders: socket.socket, zygote: int) -> NoReturn:
    try:
        for number in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(number, signal.SIG_DFL)
        run: Run = middle.run_middle if jailed() else plain_keeper.run_keeper
        run(spec, orders, zygote)
    except BaseException:  # noqa: BLE001 - it ends here, in this zygote's log
        traceback.print_exc()
    finally:
        os._exit(0)
