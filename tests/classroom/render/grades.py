"""Grades of every kind, with text in them that wants to be more than text."""

from __future__ import annotations

from course_runtime.classroom import Grade
from course_runtime.grading import Result, TodoResult
from course_runtime.grading.result import TestResult

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"&amp;\u202e\x1b[31m"


def result(
    first: float = 3, note: str = "", message: str = "with_tax(1, 7) should be 1.07; it is None."
) -> Result:
    tests = [
        TestResult("Tax is added", "passed", 0.1, "", 3),
        TestResult("It is rounded", "failed", 0.1, message, 1),
    ]
    docs = [
        {"title": "round", "url": "https://docs.python.org/3/"},
        {"title": "bad", "url": "javascript:alert(1)"},
    ]
    todos = [
        TodoResult("1.1", "A price with tax", first, 4.0, "failed", message, docs=docs, tests=tests),
        TodoResult("1.2", "The cheapest of several", 3.0, 3.0, "passed"),
        TodoResult("1.3", "A price in words", 0.0, 3.0, "not_started", "Not started."),
    ]
    return Result("module1", "emulator", 0.5, todos=todos, notes=[note] if note else [])


def graded(student: str = "anna", **more: object) -> Grade:
    own: dict[str, object] = {"name": "Anna Meier", "lms_id": "12", "result": result()}
    return Grade(student, state="graded", max_score=10.0, **{**own, **more})  # type: ignore[arg-type]


def refused(student: str = "ben", message: str = "ben.zip is encrypted.") -> Grade:
    return Grade(student, "", "", "refused", 10.0, message)


def missing(student: str = "cleo") -> Grade:
    return Grade(student, "", "", "missing", 10.0, "Nothing was handed in.")
