"""Of a module, what the student's track takes. The rest is there for whoever wants it, and in nobody's way."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_runtime.course import Beyond
    from course_runtime.grading import Result


def within_track(result: Result, cwd: Path) -> Result:
    """Without those TODOs beyond the track that were not begun, and a sentence about them."""
    not_begun = [todo for todo in result.todos if todo.status == "not_started"]
    beyond = _beyond(result.module, cwd) if not_begun else None
    left_out = [todo for todo in not_begun if beyond and todo.id in beyond.todos]
    if not left_out or not beyond:
        return result
    names = ", ".join(todo.id for todo in left_out)
    note = f"The track {beyond.track} leaves out {names}; what you begin of them is shown here too."
    kept = [todo for todo in result.todos if todo not in left_out]
    return replace(result, todos=kept, notes=[*result.notes, note])


def _beyond(module: str, cwd: Path) -> Beyond | None:
    from course_runtime.course import CourseError, beyond_track, find_course_folder, load_catalogue

    folder, catalogue = find_course_folder(cwd), load_catalogue()
    try:
        return beyond_track(folder, catalogue.module(module), catalogue) if folder else None
    except CourseError:
        return None  # a damaged record is no reason not to show a result
