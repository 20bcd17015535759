"""The one result of a check. Terminal, JSON, JUnit and whatever comes later are renderings of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Status = Literal["passed", "failed", "error", "timeout", "not_started", "skipped"]
SCHEMA = 1


@dataclass
class TestResult:
    """One test of one TODO."""

    __test__ = False

    name: str
    status: Status
    seconds: float = 0.0
    message: str = ""
    points: float = 0.0


@dataclass
class TodoResult:
    id: str
    title: str
    points: float
    max_points: float
    status: Status
    message: str = ""
    hints_used: int = 0
    docs: list[dict[str, str]] = field(default_factory=list)
    tests: list[TestResult] = field(default_factory=list)


@dataclass
class Result:
    module: str
    backend: str
    seconds: float = 0.0
    sandbox: list[dict[str, Any]] = field(default_factory=list)
    todos: list[TodoResult] = field(default_factory=list)
    file: str = ""
    notes: list[str] = field(default_factory=list)
    """Sentences about the check as a whole: which file was taken, what the student's code printed or warned."""

    @property
    def score(self) -> float:
        return round(sum(todo.points for todo in self.todos), 4)

    @property
    def max_score(self) -> float:
        return round(sum(todo.max_points for todo in self.todos), 4)

    @property
    def passed(self) -> bool:
        asked = [todo for todo in self.todos if todo.status != "skipped"]
        return bool(asked) and all(todo.status == "passed" for todo in asked)

    def as_json(self) -> dict[str, Any]:
        """The object that `workshop check --json` prints."""
        document = asdict(self)
        head = {"schema": SCHEMA, "module": self.module, "backend": self.backend}
        head |= {"score": self.score, "max_score": self.max_score, "passed": self.passed}
        return {**head, **document}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Result:
        todos = [
            TodoResult(**{**one, "tests": [TestResult(**test) for test in one["tests"]]})
            for one in document["todos"]
        ]
        own = ("module", "backend", "seconds", "sandbox", "file", "notes")
        return cls(**{name: document[name] for name in own}, todos=todos)
