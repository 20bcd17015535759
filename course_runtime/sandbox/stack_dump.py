"""Where the student's code was when its time ran out: written by the worker, read by the trusted side.

faulthandler's timer is a thread that needs no interpreter lock, so it writes even when the code hangs in C.
"""

from __future__ import annotations

import contextlib
import faulthandler
import os
import re
import time
from collections.abc import Callable

EARLIEST_SHARE = 0.9
LATEST_BEFORE_END = 0.25
LINE = re.compile(r'^  File "(?P<file>[^"\n]*)", line (?P<line>\d{1,9}) in (?P<function>.*)$')


class Watch:
    """The timer of the question being answered. Forks take it along, stopped and started again.

    A fork with the timer running would leave the child waiting for ever for a thread it does not have.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._deadline: float | None = None
        os.register_at_fork(before=_stop, after_in_parent=self._go_on, after_in_child=self._go_on)

    def start(self, seconds: float) -> None:
        self._deadline = time.monotonic() + max(seconds * EARLIEST_SHARE, seconds - LATEST_BEFORE_END)
        self._go_on()

    def stop(self) -> None:
        self._deadline = None
        _stop()

    def _go_on(self) -> None:
        left = 0.0 if self._deadline is None else self._deadline - time.monotonic()
        if left > 0:
            with contextlib.suppress(
                RuntimeError
            ):  # the student's threads and processes are all there may be
                faulthandler.dump_traceback_later(left, file=self._descriptor)


def _stop() -> None:
    faulthandler.cancel_dump_traceback_later()


def where(dump: str, is_own: Callable[[str], bool]) -> tuple[str, int, str] | None:
    """File, line and function of the innermost frame of the student's, in the oldest thread that has one."""
    for thread in reversed(re.split(r"\n(?=Thread |Timeout )|\n\n", dump)):
        for line in thread.splitlines():
            match = LINE.match(line)
            if match and is_own(match["file"]):
                return match["file"], int(match["line"]), match["function"]
    return None
