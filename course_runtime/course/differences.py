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
    yours = f"yours, TODO {todo_id} in {_places(todo_id, submission)}"
    return "\n".join(difflib.unified_diff(own, ours, yours, f"the solution of TODO {todo_id}", lineterm=""))


def _places(todo_id: str, submission: Submission) -> str:
    """The student's files that have a part of the TODO."""
    names = submission.regions_in(submission.sources, todo_id)
    return ", ".join(submission.where(name, 1).path.name for name in names) or submission.path.name


def _lines(todo_id: str, submission: Submission, sources: dict[str, str]) -> list[str]:
    """What is in the TODO's regions, each under its title, so that one does not seem to go on in the next."""
    lines = []
    for name, own in submission.regions_in(sources, todo_id).items():
        for region in own:
            lines += [f"{region.indent}# TODO {todo_id} {region.title}", *body(sources[name], region)]
    return lines
