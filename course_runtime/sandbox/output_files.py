"""Files of the trusted side that a worker writes to: they outlive it, so what it printed is not lost."""

from __future__ import annotations

import os
import tempfile


class OutputFile:
    def __init__(self, name: str) -> None:
        import fcntl  # not on every system that may import this room

        self.descriptor = _anonymous_file(name)
        flags = fcntl.fcntl(self.descriptor, fcntl.F_GETFL)
        fcntl.fcntl(self.descriptor, fcntl.F_SETFL, flags | os.O_APPEND)

    def empty(self) -> None:
        try:
            os.ftruncate(self.descriptor, 0)
        except OSError:  # a memory file that the student's code has sealed: it keeps what it has
            return

    def read(self, most: int) -> str:
        size = os.fstat(self.descriptor).st_size
        text = os.pread(self.descriptor, most, 0).decode("utf-8", "replace")
        if size > most:
            return f"{text}\n[{size} bytes were written; the first {most} are shown]"
        return text

    def tail(self, most: int) -> str:
        if self.descriptor < 0:
            return ""
        size = os.fstat(self.descriptor).st_size
        return os.pread(self.descriptor, most, max(0, size - most)).decode("utf-8", "replace")

    def close(self) -> None:
        """Once: by then the number may be another file's."""
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1


def _anonymous_file(name: str) -> int:
    if hasattr(os, "memfd_create"):
        return os.memfd_create(name, os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
