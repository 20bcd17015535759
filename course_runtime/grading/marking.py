"""`@todo("4.2", points=4)`: which TODO a grader's test is for, and what passing it is worth."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])


def todo(todo_id: str, *, points: float = 1) -> Callable[[Test], Test]:
    """The test's docstring is what the student reads as its name."""

    def mark(test: Test) -> Test:
        import pytest

        marked: Test = pytest.mark.todo(todo_id, points=points)(test)
        return marked

    return mark
