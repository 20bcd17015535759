"""One student's submission as it lies in the instructor's folder, not yet read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Piece:
    """A folder, an archive or a file; `name` is what the student called it before a learning platform renamed it."""

    path: Path
    name: str = ""


@dataclass(frozen=True)
class HandedIn:
    student: str
    """Who it is, as the names of files and folders say: one for each student of the class."""
    pieces: tuple[Piece, ...]
    name: str = ""
    lms_id: str = ""
    """The number that Canvas or Moodle knows this student by, where a name says it."""
    submitted: float | None = None
    problem: str = ""
    """Why it is not even opened."""

    @property
    def shown(self) -> str:
        """Where it lies, for people."""
        return str(self.pieces[0].path) if self.pieces else ""
