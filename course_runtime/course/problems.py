from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Problem:
    """Something an author must mend: where, what is wrong, and what to do."""

    module: str
    file: Path
    what: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.file}: {self.what} {self.next_step}"
