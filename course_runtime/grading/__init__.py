"""Grading: tests, expected values, points and the result on the trusted side; the student's code behind a wire.

Graders import only from here: `todo` to say what a test is for, `expecting`, `listed` and `last_said` for their
messages, and the types of the fixtures `student`, `azure` and `world` that it is given. `aerial` gives the generators
of tiles.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_runtime.grading.marking import todo
from course_runtime.grading.wording import expecting, listed

if TYPE_CHECKING:
    from course_runtime.grading.azure import Azure as Azure
    from course_runtime.grading.background import current_status as current_status
    from course_runtime.grading.background import ensure_background as ensure_background
    from course_runtime.grading.background import stop_background as stop_background
    from course_runtime.grading.client import CheckRequest as CheckRequest
    from course_runtime.grading.client import PendingCheck as PendingCheck
    from course_runtime.grading.client import check as check
    from course_runtime.grading.failures import KitError as KitError
    from course_runtime.grading.failures import SubmissionRefused as SubmissionRefused
    from course_runtime.grading.request import Whose as Whose
    from course_runtime.grading.result import Result as Result
    from course_runtime.grading.result import TodoResult as TodoResult
    from course_runtime.grading.said import last_said as last_said
    from course_runtime.grading.student import Student as Student
    from course_runtime.grading.tables import aerial as aerial
    from course_runtime.grading.world import World as World

_HOMES = {
    "Azure": "azure",
    "CheckRequest": "client",
    "KitError": "failures",
    "PendingCheck": "client",
    "Result": "result",
    "Student": "student",
    "SubmissionRefused": "failures",
    "TodoResult": "result",
    "Whose": "request",
    "World": "world",
    "aerial": "tables",
    "check": "client",
    "current_status": "background",
    "ensure_background": "background",
    "last_said": "said",
    "stop_background": "background",
}

__all__ = [
    "Azure",
    "CheckRequest",
    "KitError",
    "PendingCheck",
    "Result",
    "Student",
    "SubmissionRefused",
    "TodoResult",
    "Whose",
    "World",
    "aerial",
    "check",
    "current_status",
    "ensure_background",
    "expecting",
    "last_said",
    "listed",
    "stop_background",
    "todo",
]


def __getattr__(name: str) -> Any:
    """Public names load when used: a check from the command line must not pay for pytest."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
