"""What a check is asked to do, and its form on the way to the grader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

Whose = Literal["student", "solution", "exercise", "wheat", "chaff"]


@dataclass(frozen=True)
class CheckRequest:
    module: str
    cwd: str
    where: str = ""
    """A file or folder that was named; empty: the course folder is searched."""
    whose: Whose = "student"
    variant: str = ""
    """The name of the wheat or chaff to check instead of a student's file."""
    todos: tuple[str, ...] = ()
    """Only these; empty: all."""
    seed: str = ""
    backend: str = "emulator"
    hints_used: Mapping[str, int] = field(default_factory=dict)
    content: str = ""
    """The folder with solutions/ and graders/; empty: the kit's own."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> CheckRequest:
        return cls(**{**document, "todos": tuple(document["todos"])})

    @property
    def content_root(self) -> Path | None:
        return Path(self.content) if self.content else None
