"""Ctrl-C between two steps instead of in the middle of one: a database or a file is never left half written."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType


class Interruptible:
    """`with Interruptible() as interruption: ... interruption.point()`. A second Ctrl-C does not wait for the point."""

    def __init__(self) -> None:
        self._asked = False
        self._before: signal._HANDLER = signal.default_int_handler

    def __enter__(self) -> Interruptible:
        if threading.current_thread() is threading.main_thread():
            self._before = signal.signal(signal.SIGINT, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._before)

    def point(self) -> None:
        """Where it may stop: KeyboardInterrupt, if Ctrl-C was pressed since."""
        if self._asked:
            raise KeyboardInterrupt

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self._asked:
            raise KeyboardInterrupt
        self._asked = True
