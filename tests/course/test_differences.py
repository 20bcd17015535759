from __future__ import annotations

from pathlib import Path

from course_runtime.course.differences import diff
from course_runtime.course.finding import find_submission
from course_runtime.course.model import Module
from course_runtime.course.own_submissions import solution_submission


def test_the_solution_does_not_differ_from_itself(basics: Module, scripts: Module) -> None:
    for module in (basics, scripts):
        assert set(diff(module, solution_submission(module)).values()) == {""}


def test_the_students_lines_and_the_solutions_are_shown_by_todo(course: Path, basics: Module) -> None:
    path = course / basics.name / "exercise.py"
    path.write_text(path.read_text().replace("NAME = ...", "NAME = 'ada'"))
    shown = diff(basics, find_submission(basics, None, course))
    assert list(shown) == ["0.1", "0.2"]
    assert "-NAME = 'ada'" in shown["0.1"] and '+NAME = "ada lovelace, countess"' in shown["0.1"]
    assert "yours, TODO 0.1 in exercise.py" in shown["0.1"]
    assert "+        found_so_far = sum(numbers)" in shown["0.2"]
    assert "EXERCISE" not in "".join(shown.values())


def test_each_part_of_a_todo_has_its_title(course: Path, basics: Module) -> None:
    shown = diff(basics, find_submission(basics, None, course))
    assert any(line.strip().startswith("# TODO 0.2 ") for line in shown["0.2"].splitlines())


def test_a_part_in_another_file_is_said_to_be_there(course: Path, scripts: Module) -> None:
    shown = diff(scripts, find_submission(scripts, None, course))
    elsewhere = [name for name in scripts.files if name != scripts.main_file and name.endswith(".py")]
    assert any(f" in {name}" in text for name in elsewhere for text in shown.values())
