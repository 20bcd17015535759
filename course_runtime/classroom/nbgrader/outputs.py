"""A TODO's result as nbgrader reads it: the points are the cell's value, the message is printed text."""

from __future__ import annotations

from typing import Any

from course_runtime.grading import TodoResult


def message_of(todo: TodoResult) -> str:
    head = f"TODO {todo.id}: {todo.points:g} of {todo.max_points:g} points"
    messages = [todo.message, *(test.message for test in todo.tests if test.status != "passed")]
    return "\n".join([head, *dict.fromkeys(message for message in messages if message)])


def outputs_of(message: str, points: float, execution_count: int) -> list[dict[str, Any]]:
    """Nothing on stderr and no error: nbgrader takes either for zero points."""
    return [
        {"output_type": "stream", "name": "stdout", "text": f"{message}\n"},
        {
            "output_type": "execute_result",
            "execution_count": execution_count,
            "data": {"text/plain": repr(float(points))},
            "metadata": {},
        },
    ]
