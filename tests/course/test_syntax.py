from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from course_runtime.course.place import Place
from course_runtime.course.syntax import SyntaxProblem, syntax_problem


def _problem(text: str) -> SyntaxProblem:
    problem = syntax_problem(text, lambda line: Place(Path("exercise.py"), line))
    assert problem is not None
    return problem


def test_right_code_has_no_problem() -> None:
    assert syntax_problem("x = 1\n", lambda line: Place(Path("a.py"), line)) is None


def test_the_place_the_line_and_the_reason_are_said() -> None:
    problem = _problem("x = 1\ny = (2\n")
    assert (problem.file, problem.line, problem.column, problem.line_text) == ("exercise.py", 2, 5, "y = (2")
    assert problem.message == (
        "Python cannot read exercise.py, line 2: '(' was never closed. The line is: y = (2"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  x = 1\n", "indented more than the line it follows"),
        ("if x:\n    y\n  z\n", "matches none of the blocks above"),
        ("if x:\n\ty\n        z\n", "tabs and spaces are mixed"),
        ("def f(:\n", "not valid Python at the marked column"),
        ("return 1\n", "'return' outside function"),
    ],
)
def test_common_mistakes_are_put_in_words(text: str, said: str) -> None:
    assert said in _problem(text).reason


@pytest.mark.parametrize("text", ["-" * 200_000 + "1", "(" * 5_000, "x" + "[0]" * 200_000])
def test_code_meant_to_break_the_compiler_is_only_a_problem(text: str) -> None:
    assert _problem(text).reason


def test_a_warning_is_not_a_problem_and_is_not_shown() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert syntax_problem("x = '\\d'\n", lambda line: Place(Path("a.py"), line)) is None
