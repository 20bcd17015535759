from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """A line in a student's own file. Cells are counted as Jupyter's In [n] does after "Run all"."""

    path: Path
    line: int
    cell: int | None = None

    def __str__(self) -> str:
        if self.cell is None:
            return f"{self.path.name}, line {self.line}"
        return f"{self.path.name}, cell {self.cell}, line {self.line}"
