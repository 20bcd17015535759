"""A TODO's result as nbgrader reads it: the points are the cell's value, the message is printed text."""

from __future__ import annotations

from textwrap import TextWrapper
from typing import Any

from course_runtime.grading import TodoResult

PAGE_WIDTH = 110
"""What nbgrader's feedback shows of a line without scrolling."""


def message_of(todo: TodoResult, width: int = PAGE_WIDTH, *, break_words: bool = False) -> str:
    head = f"TODO {todo.id}: {todo.points:g} of {todo.max_points:g} points"
    messages = [todo.message, *(test.message for test in todo.tests if test.status != "passed")]
    lines = "\n".join([head, *dict.fromkeys(message for message in messages if message)]).splitlines()
    return "\n".join(_wrapped(line, width, break_words) for line in lines)


def _wrapped(line: str, width: int, break_words: bool) -> str:
    """What follows keeps the line's indentation; a value that is longer stays whole, unless it would be cut off."""
    if len(line) <= width:
        return line
    indentation = line[: len(line) - len(line.lstrip())]
    wrapping = TextWrapper(
        width,
        subsequent_indent=indentation,
        replace_whitespace=False,
        break_long_words=break_words,
        break_on_hyphens=False,
    )
    return wrapping.fill(line)


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
