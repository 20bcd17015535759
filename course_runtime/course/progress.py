"""What a student has reached, TODO by TODO, as kept in progress.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

STATUSES = ("not_started", "skipped", "timeout", "error", "failed", "passed")
FORMAT = 1


@dataclass(frozen=True)
class Outcome:
    """The result of one TODO in one check."""

    todo: str
    status: str
    points: float


@dataclass(frozen=True)
class TodoProgress:
    """Times are UTC, in ISO 8601; `other` holds what a newer kit wrote."""

    status: str = "not_started"
    points: float = 0
    last_checked: str = ""
    first_passed: str = ""
    hints_used: int = 0
    other: dict[str, Any] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return self.status == "passed"


@dataclass(frozen=True)
class Progress:
    """`note` is a sentence for the student, when the file had to be set aside."""

    todos: dict[str, TodoProgress] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)
    note: str = ""

    def of(self, todo_id: str) -> TodoProgress:
        return self.todos.get(todo_id, TodoProgress())

    def with_todo(self, todo_id: str, changed: TodoProgress) -> Progress:
        return replace(self, todos={**self.todos, todo_id: best(self.of(todo_id), changed)})


def best(one: TodoProgress, two: TodoProgress) -> TodoProgress:
    """What was reached once stays reached, on whichever machine."""
    passed_at = [time for time in (one.first_passed, two.first_passed) if time]
    return TodoProgress(
        status=max(one.status, two.status, key=_rank),
        points=max(one.points, two.points),
        last_checked=max(one.last_checked, two.last_checked),
        first_passed=min(passed_at, default=""),
        hints_used=max(one.hints_used, two.hints_used),
        other={**one.other, **two.other},
    )


def merged(one: Progress, two: Progress) -> Progress:
    together = one
    for todo_id, other in two.todos.items():
        together = together.with_todo(todo_id, other)
    return replace(together, other={**one.other, **two.other}, note=one.note or two.note)


def after_check(progress: Progress, outcomes: list[Outcome], now: str) -> Progress:
    for outcome in outcomes:
        passed_now = now if outcome.status == "passed" else ""
        reached = TodoProgress(outcome.status, outcome.points, now, passed_now)
        progress = progress.with_todo(outcome.todo, reached)
    return progress


def to_document(progress: Progress) -> dict[str, Any]:
    todos = {todo_id: _entry(todo) for todo_id, todo in sorted(progress.todos.items())}
    return {**progress.other, "format": FORMAT, "todos": todos}


def from_document(document: Mapping[str, Any]) -> Progress:
    """Raises ValueError, TypeError or KeyError when it is not a progress file."""
    todos = {str(todo_id): _todo(entry) for todo_id, entry in document["todos"].items()}
    other = {key: value for key, value in document.items() if key not in ("format", "todos")}
    return Progress(todos, other)


def _entry(todo: TodoProgress) -> dict[str, Any]:
    entry = asdict(todo)
    return {**entry.pop("other"), **entry}


def _todo(entry: Mapping[str, Any]) -> TodoProgress:
    own = {item.name for item in fields(TodoProgress)} - {"other"}
    points, hints = entry.get("points", 0), entry.get("hints_used", 0)
    if not isinstance(points, (int, float)) or not isinstance(hints, int) or points != points:
        raise ValueError(f"points {points!r} and hints_used {hints!r} must be numbers")
    return TodoProgress(
        status=str(entry.get("status", "not_started")),
        points=points,
        last_checked=str(entry.get("last_checked", "")),
        first_passed=str(entry.get("first_passed", "")),
        hints_used=hints,
        other={key: value for key, value in entry.items() if key not in own},
    )


def _rank(status: str) -> int:
    return STATUSES.index(status) if status in STATUSES else -1
