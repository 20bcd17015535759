from __future__ import annotations

from pathlib import Path

from course_runtime.course import Outcome, ProgressStore

from .conftest import Command, write_answer


def test_nothing_is_shown_before_it_has_passed(workshop: Command, course: Path) -> None:
    write_answer(course, "return 6 * 7")
    done = workshop("diff", "module7", cwd=course)
    assert done.returncode == 1
    assert "return 42" not in done.stdout
    assert "Not shown, as not passed yet: 7.1." in done.stdout


def test_what_has_passed_stands_beside_the_solution(workshop: Command, course: Path) -> None:
    write_answer(course, "return 6 * 7")
    ProgressStore(course).record([Outcome("7.1", "passed", 1)])
    lines = workshop("diff", "module7", cwd=course).stdout.splitlines()
    assert "-    return 6 * 7" in lines and "+    return 42" in lines


def test_the_same_as_the_solution(workshop: Command, course: Path) -> None:
    ProgressStore(course).record([Outcome("7.1", "passed", 1)])
    write_answer(course, "return 42")
    shown = workshop("diff", "module7", cwd=course).stdout
    assert "+    return 42" not in shown.splitlines()
