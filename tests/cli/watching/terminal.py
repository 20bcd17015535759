"""`workshop watch` in a pseudo-terminal: what it shows now, and keys for it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[3]
PATIENCE = 60.0
STEERING = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Terminal:
    def __init__(self, environment: dict[str, str], cwd: Path, *arguments: str, columns: int = 80) -> None:
        self._main, side = pty.openpty()
        self._resize(columns)
        self.before = termios.tcgetattr(side)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "course_runtime.cli", "watch", *arguments],
            cwd=cwd,
            env={name: value for name, value in environment.items() if name not in ("COLUMNS", "LINES")}
            | {"TERM": "xterm-256color", "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            stdin=side,
            stdout=side,
            stderr=side,
            preexec_fn=_take_terminal,
        )
        self.side = side
        self.written = ""

    def wait_for(self, *words: str, seconds: float = PATIENCE) -> float:
        """Until a screen shows all of them; gives the time when it did."""
        deadline = time.monotonic() + seconds
        while not all(word in self.screen for word in words):
            if time.monotonic() > deadline or not self._read(deadline):
                raise AssertionError(f"{words} did not come; the screen was:\n{self.screen}")
        return time.perf_counter()

    @property
    def screen(self) -> str:
        """The last one that was painted whole."""
        painted = self.written.rpartition("\x1b[J")[0].rpartition("\x1b[H")[2]
        return STEERING.sub("", painted).replace("\r\n", "\n")

    def press(self, keys: str) -> None:
        os.write(self._main, keys.encode())

    def resize(self, columns: int) -> None:
        self._resize(columns)

    def ended(self) -> int:
        """Its exit code; what it still writes is read, or it would wait for ever."""
        deadline = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < deadline:
            self._read(time.monotonic() + 0.1)
        return self.process.wait(1)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._main)
        os.close(self.side)

    def _read(self, deadline: float) -> bool:
        ready, _, _ = select.select([self._main], [], [], max(0.0, deadline - time.monotonic()))
        if ready:
            self.written += os.read(self._main, 65_536).decode("utf-8", "replace")
        return bool(ready)

    def _resize(self, columns: int) -> None:
        fcntl.ioctl(self._main, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))


def _take_terminal() -> None:
    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.default_int_handler)
