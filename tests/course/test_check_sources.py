from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.check_sources import file_problems, source_problems
from course_runtime.course.model import Module


def _said(module: Module) -> str:
    return "\n".join(str(problem) for problem in source_problems(module))


def _change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("# TODO 0.1 Choose a name", "# TODO 0.7 Choose a name", "TODO 0.7 is not in module.toml"),
        ("# TODO 0.1 Choose a name", "# TODO 0.7 Choose a name", "TODO 0.1 has no region in exercise.py"),
        ("# TODO 0.1 Choose a name", "# TODO 0.1", "TODO 0.1 does not say its task"),
        ("return found_so_far", "return (found_so_far", "The solution does not compile"),
        ("# EXERCISE: NAME = ...", "# EXERCISE: NAME = (", "The exercise does not compile"),
        ("#   Any text will do.", '#   NAME = "ada lovelace, countess"', "gives away TODO 0.1"),
    ],
)
def test_a_fault_in_a_source_is_said(basics: Module, old: str, new: str, said: str) -> None:
    assert _said(basics) == ""
    _change(basics.folder / "exercise.py", old, new)
    assert said in _said(basics)


def test_an_answer_in_the_lesson_is_a_leak(basics: Module) -> None:
    _change(basics.folder / "README.md", "adds them up.", "adds them up: found_so_far = sum(numbers)")
    assert "gives away TODO 0.2: found_so_far = sum(numbers)" in _said(basics)


@pytest.mark.parametrize("lesson", ["", "No heading, but two\nlines.\n", "# Only a heading\n"])
def test_a_lesson_needs_a_heading_and_a_text(basics: Module, lesson: str) -> None:
    (basics.folder / "README.md").write_text(lesson)
    assert "needs a heading and a text" in _said(basics)


def test_files_in_order_have_no_problem(built: Catalogue) -> None:
    assert [problem for module in built.modules for problem in file_problems(module)] == []


def test_an_exercise_behind_its_solution_is_said(built: Catalogue, basics: Module) -> None:
    (basics.exercise_folder / "README.md").write_text("old")
    (basics.exercise_folder / "numbers.csv").unlink()
    (basics.exercise_folder / "old.py").write_text("")
    said = "\n".join(str(problem) for problem in file_problems(basics))
    assert "README.md: It differs" in said
    assert "numbers.csv: It has not been built. Run `workshop dev build`" in said
    assert "old.py: No solution builds it" in said


def test_a_missing_grader_and_a_stray_file_are_said(built: Catalogue, basics: Module) -> None:
    next(basics.grader_folder.glob("test_*.py")).unlink()
    (basics.folder / "wheat" / "notes.txt").write_text("")
    said = [problem.file.name for problem in file_problems(basics)]
    assert said == ["module0_basics", "notes.txt"]
