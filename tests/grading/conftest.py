"""A background of the tests' own, and a course of one module that a test may write as it likes."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, Result, check
from course_runtime.grading.background import stop_background

MODULE_TOML = """
format = 1
title = "Sums"
summary = "Two functions."
minutes = 5
tracks = ["half-day"]
imports = "plain"
files = ["exercise.py"]

[[todo]]
id = "1.1"
title = "Double"
points = 3
docs = [{ title = "int", url = "https://docs.python.org/3/library/functions.html" }]
hints = ["Twice.", "Times two.", "return 2 * number"]

[[todo]]
id = "1.2"
title = "Half"
points = 2
docs = [{ title = "int", url = "https://docs.python.org/3/library/functions.html" }]
hints = ["Divide.", "By two.", "return number / 2"]
"""

SOLUTION = '''
"""Sums."""


def double(number):
    # TODO 1.1 Double the number.
    return 2 * number
    # END TODO


def half(number):
    # TODO 1.2 Halve the number.
    return number / 2
    # END TODO
'''

GRADER = '''
from course_runtime.grading import todo


@todo("1.1", points=1)
def test_double(student):
    """Doubles a small number."""
    assert (got := student.call("double", 4, seconds=1)) == 8, f"double(4) should be 8; it is {got!r}."


@todo("1.1", points=2)
def test_double_zero(student):
    """Doubles zero."""
    assert (got := student.call("double", 0)) == 0, f"double(0) should be 0; it is {got!r}."


@todo("1.2", points=2)
def test_half(student):
    """Halves."""
    assert (got := student.call("half", 4, seconds=1)) == 2, f"half(4) should be 2; it is {got!r}."
'''


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Where the tests' background lives; it is started by the first check and ended at the end."""
    found = Places.of(tmp_path_factory.mktemp("state"))
    yield found
    stop_background(found)
    shutil.rmtree(found.runtime, ignore_errors=True)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A content root with the module `module1_sums`."""
    root = tmp_path / "content"
    for file, text in {
        "solutions/module1_sums/module.toml": MODULE_TOML,
        "solutions/module1_sums/README.md": "# Sums\n",
        "solutions/module1_sums/exercise.py": SOLUTION.lstrip(),
        "graders/module1_sums/test_module1.py": GRADER,
    }.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def grade(places: Places, content: Path, tmp_path: Path) -> Callable[..., Result]:
    """Check a student's text for the module; keywords go to the request."""

    def run(text: str, **request: object) -> Result:
        file = tmp_path / "mine" / "exercise.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(textwrap.dedent(text).lstrip(), encoding="utf-8")
        wanted = {"module": "1", "cwd": str(tmp_path), "where": str(file), "content": str(content), **request}
        return check(CheckRequest(**wanted), places)  # type: ignore[arg-type]

    return run


def answer(double: str = "return 2 * number", half: str = "return number / 2") -> str:
    """A student's file with these two bodies."""
    bodies = {"double": ("1.1 Double the number.", double), "half": ("1.2 Halve the number.", half)}
    functions = [
        f"def {name}(number):\n    # TODO {task}\n{_indented(body)}\n    # END TODO\n"
        for name, (task, body) in bodies.items()
    ]
    return '"""Sums."""\n\n\n' + "\n\n".join(functions)


def _indented(body: str) -> str:
    return textwrap.indent(textwrap.dedent(body).strip(), "    ")
