"""The warm workers' parents: one for each set of imports, started when first asked for.

The grader starts its own by the same names; whoever comes first serves both.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import threading
import time

from course_runtime.emulator.places import Places
from course_runtime.sandbox import SandboxError, Zygote

SECONDS_TO_START = 120.0
SECONDS_BETWEEN_LOOKS = 2.0


class Zygotes:
    """Usable from any thread; `close` ends those that were started here."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._processes: dict[str, subprocess.Popen[bytes]] = {}
        self._lock = threading.Lock()
        self._closed = False

    async def get(self, import_set: str) -> Zygote:
        """One that is ready. SandboxError, in words, when there can be none."""
        return await asyncio.to_thread(self.ready, import_set)

    def ready(self, import_set: str) -> Zygote:
        """As `get`, for a thread: it waits."""
        zygote = Zygote(self._places.zygote_socket(import_set))
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            # Anew each time: the one that served this name may have belonged to somebody who has ended.
            self._start(import_set)
            try:
                zygote.wait_until_ready(SECONDS_BETWEEN_LOOKS)
                return zygote
            except SandboxError:
                if self._closed or time.monotonic() > deadline:
                    raise

    def close(self) -> None:
        """Who waits for one is told at the next look; nothing is started any more."""
        with self._lock:
            self._closed = True
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            process.wait()
        self._processes.clear()

    def _start(self, import_set: str) -> None:
        """Nothing to do where one runs already, or somebody else's answers."""
        with self._lock:
            if self._closed:
                raise SandboxError("the emulator is being stopped")
            process = self._processes.get(import_set)
            if process is not None and process.poll() is None:
                return
            if self._answers(import_set):
                return
            path = self._places.zygote_socket(import_set)
            self._processes[import_set] = Zygote.start(import_set, path)

    def _answers(self, import_set: str) -> bool:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as channel:
            return channel.connect_ex(str(self._places.zygote_socket(import_set))) == 0
