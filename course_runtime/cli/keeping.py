"""The student's progress around a check. A check is shown whether or not its progress can be kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_runtime.course import ProgressStore
    from course_runtime.grading import Result


@dataclass(frozen=True)
class Known:
    hints_used: dict[str, int] = field(default_factory=dict)
    note: str = ""
    """Why progress could not be read; then it must not be written either."""


def store_of(cwd: Path) -> ProgressStore | None:
    from course_runtime.course import ProgressStore, find_course_folder

    folder = find_course_folder(cwd)
    return ProgressStore(folder) if folder else None


def progress_of(cwd: Path) -> Known:
    from course_runtime.course import CourseError

    store = store_of(cwd)
    if store is None:
        return Known()
    try:
        progress = store.load()
    except CourseError as error:
        return Known(note=f"Your progress was not kept. {error}")
    return Known({name: todo.hints_used for name, todo in progress.todos.items()})


def keep_progress(cwd: Path, result: Result) -> str:
    """A sentence when it could not be kept; outside a course folder nobody expects it."""
    from course_runtime.course import CourseError, Outcome

    store = store_of(cwd)
    if store is None:
        return ""
    asked = [todo for todo in result.todos if todo.status != "skipped"]
    try:
        return store.record(Outcome(todo.id, todo.status, todo.points) for todo in asked).note
    except (CourseError, OSError) as error:
        return f"Your progress was not kept. {error}"
