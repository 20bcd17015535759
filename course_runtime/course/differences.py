"""A student's answer beside the solution, TODO by TODO."""

from __future__ import annotations

import difflib

from course_runtime.course.model import Module
from course_runtime.course.regions import body
from course_runtime.course.submission import Submission
from course_runtime.course.variants import solution_sources


def diff(module: Module, submission: Submission) -> dict[str, str]:
    """A unified diff for each TODO; empty where the two are the same."""
    solution = solution_sources(module)
    return {todo.id: _diff_of(todo.id, submission, solution) for todo in module.todos}


def _diff_of(todo_id: str, submission: Submission, solution: dict[str, str]) -> str:
    own = _lines(todo_id, submission, submission.sources)
    ours = _lines(todo_id, submission, solution)
    yours = f"yours, TODO {todo_id} in {submission.path.name}"
    return "\n".join(difflib.unified_diff(own, ours, yours, f"the solution of TODO {todo_id}", lineterm=""))


def _lines(todo_id: str, submission: Submission, sources: dict[str, str]) -> list[str]:
    regions = submission.regions_in(sources, todo_id)
    return [line for name, own in regions.items() for region in own for line in body(sources[name], region)]
