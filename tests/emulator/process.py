"""A real emulator process with a folder that lasts: it may be stopped or killed, and is there again."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

from course_runtime.emulator import Cloud, EmulatorClient, EmulatorUnavailable, Places


class EmulatorProcess:
    def __init__(self, state: Path) -> None:
        self._state = state
        self._begin()

    @property
    def cloud(self) -> Cloud:
        return self.client.personal()

    def again(self, how: signal.Signals) -> None:
        """Ended by a signal, and begun anew on the same folder."""
        self.end(how)
        self._begin()

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        self.client.close()
        self._process.send_signal(how)
        self._process.wait(timeout=30)

    def _begin(self) -> None:
        command = [sys.executable, "-m", "course_runtime.emulator", "--state", str(self._state)]
        self._process = subprocess.Popen(command)
        self.client = EmulatorClient(Places.of(self._state), timeout=30)
        for _ in range(3_000):
            with contextlib.suppress(EmulatorUnavailable):
                self.client.status()
                return
            assert self._process.poll() is None, "the emulator ended before it answered"
            time.sleep(0.01)
        raise AssertionError("the emulator did not answer within 30 seconds")
