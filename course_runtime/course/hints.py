"""Three hints a TODO, from a nudge to nearly the answer; which ones were asked for is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.progress_store import ProgressStore


@dataclass(frozen=True)
class Hint:
    todo: str
    level: int
    last_level: int
    text: str


def next_hint(module: Module, todo_id: str, progress: ProgressStore | None, level: int | None = None) -> Hint:
    """The hint after those already seen, or the one named by `level`. Past the last, the last again."""
    texts = module.todo(todo_id).hints
    if not texts:
        raise CourseError(
            f"TODO {todo_id} has no hints.", f"Read its documentation: `workshop docs {todo_id}`."
        )
    if level is not None and not 1 <= level <= len(texts):
        raise CourseError(f"TODO {todo_id} has hints 1 to {len(texts)}, not {level}.", "Choose one of those.")
    seen = progress.load().of(todo_id).hints_used if progress else 0
    chosen = level or min(seen + 1, len(texts))
    if progress:
        progress.record_hint(todo_id, chosen)
    return Hint(todo_id, chosen, len(texts), texts[chosen - 1])
