"""A syntax error in a student's file, in words."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

from course_runtime.course.place import Place


@dataclass(frozen=True)
class SyntaxProblem:
    """`line` and `column` count from 1, in the student's own file or cell."""

    place: Place
    column: int
    line_text: str
    reason: str

    @property
    def file(self) -> str:
        return self.place.path.name

    @property
    def line(self) -> int:
        return self.place.line

    @property
    def message(self) -> str:
        shown = self.line_text.strip() or "(empty)"
        return f"Python cannot read {self.place}: {self.reason}. The line is: {shown}"


def syntax_problem(text: str, where: Callable[[int], Place]) -> SyntaxProblem | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(text, "student", "exec", dont_inherit=True)
    except SyntaxError as error:
        return _problem(text, where, error.lineno or 1, error.offset or 1, _in_words(error))
    except (RecursionError, MemoryError, OverflowError):
        return _problem(text, where, 1, 1, "its expressions are nested too deeply")
    except ValueError as error:
        return _problem(text, where, 1, 1, str(error))
    return None


def _in_words(error: SyntaxError) -> str:
    reason = error.msg or "invalid syntax"
    if isinstance(error, TabError):
        return "tabs and spaces are mixed in the indentation; use spaces only"
    if reason.startswith("unexpected indent"):
        return "this line is indented more than the line it follows"
    if reason.startswith("unindent does not match"):
        return "this line's indentation matches none of the blocks above it"
    if reason == "invalid syntax":
        return "this is not valid Python at the marked column; look here and at the line above"
    return reason


def _problem(text: str, where: Callable[[int], Place], line: int, column: int, reason: str) -> SyntaxProblem:
    lines = text.split("\n")
    shown = lines[line - 1] if 0 < line <= len(lines) else ""
    return SyntaxProblem(where(line), max(1, column), shown, reason)
