"""How much processor time the processes in a jail have had: told before they are killed, for the kernel does not add
up those that end with their namespace.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

PROC = "/proc"


class Meter:
    """Holds this machine's /proc, of which its maker loses sight when the worker's root is changed."""

    def __init__(self, proc: str = PROC) -> None:
        self.descriptor = os.open(proc, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def milliseconds_below(self, pid: int) -> int:
        """Of all that descends from `pid`, as far as it is there to be asked."""
        ticks = sum(self._ticks(one) for one in self._descendants(pid))
        return ticks * 1000 // os.sysconf("SC_CLK_TCK")

    def _descendants(self, pid: int) -> Iterator[int]:
        for child in map(int, self._read(f"{pid}/task/{pid}/children").split()):
            yield child
            yield from self._descendants(child)

    def _ticks(self, pid: int) -> int:
        """User and system time, its own and that of its children that have ended."""
        fields = self._read(f"{pid}/stat").rpartition(")")[2].split()
        return sum(map(int, fields[11:15]))

    def _read(self, name: str) -> str:
        try:
            descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self.descriptor)
            with os.fdopen(descriptor) as stream:
                return stream.read()
        except OSError:  # it has ended meanwhile
            return ""
