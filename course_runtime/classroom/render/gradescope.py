"""The result as Gradescope's results.json: a test a TODO, its message for the student."""

from __future__ import annotations

import json
from typing import Any

from course_runtime.grading import Result, TodoResult
from course_runtime.grading.render import safe


def gradescope_json(result: Result) -> str:
    document = {
        "score": result.score,
        "execution_time": round(result.seconds, 2),
        "output_format": "text",
        "output": safe("\n".join(result.notes)),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(todo) for todo in result.todos],
    }
    return json.dumps(document, indent=2)


def not_graded_json(message: str, score: float | None) -> str:
    """`score` is left out where nobody can say: Gradescope then shows that the autograder failed."""
    document: dict[str, Any] = {"output_format": "text", "output": safe(message), "visibility": "visible"}
    return json.dumps(document if score is None else {"score": score, **document}, indent=2)


def _test(todo: TodoResult) -> dict[str, Any]:
    lines = [todo.message] if todo.message else []
    lines += [f"{'passed' if test.status == 'passed' else 'not passed'}: {test.name}" for test in todo.tests]
    return {
        "number": todo.id,
        "name": safe(todo.title),
        "name_format": "text",
        "score": round(todo.points, 4),
        "max_score": round(todo.max_points, 4),
        "status": "passed" if todo.status == "passed" else "failed",
        "output": safe("\n".join(lines)),
        "output_format": "text",
        "visibility": "visible",
    }
