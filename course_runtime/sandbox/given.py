"""What a spawn request brings beside its words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Given:
    """Descriptors: two sockets and three files for output."""

    wire: int
    control: int
    stdout: int
    stderr: int
    traces: int

    def all(self) -> list[int]:
        return [self.wire, self.control, self.stdout, self.stderr, self.traces]
