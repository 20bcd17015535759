"""Renderings of the one result of a check: a terminal, JUnit, and text that is safe to show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from course_runtime.grading.render.text import safe

if TYPE_CHECKING:
    from course_runtime.grading.render.junit import junit_xml as junit_xml
    from course_runtime.grading.render.marks import marks_for as marks_for
    from course_runtime.grading.render.terminal import print_result as print_result
    from course_runtime.grading.render.terminal import print_todo as print_todo

__all__ = ["junit_xml", "marks_for", "print_result", "print_todo", "safe"]

_HOMES = {
    "junit_xml": "junit",
    "marks_for": "marks",
    "print_result": "terminal",
    "print_todo": "terminal",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
