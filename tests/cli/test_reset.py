from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli import main, reset

from .conftest import Command, write_answer


def test_a_todo_is_as_it_was_given_and_yours_is_kept(workshop: Command, course: Path) -> None:
    path = write_answer(course, "return 41")
    done = workshop("reset", "7.1", "--yes", cwd=course)
    assert done.returncode == 0, done.stderr
    assert "raise NotImplementedError" in path.read_text()
    (backup,) = (course / ".workshop" / "backup").iterdir()
    assert "return 41" in backup.read_text() and backup.name in done.stdout


def test_without_a_terminal_nobody_is_asked_and_nothing_changed(workshop: Command, course: Path) -> None:
    path = write_answer(course, "return 41")
    done = workshop("reset", "module7", cwd=course)
    assert done.returncode == 1 and "--yes" in done.stdout
    assert "return 41" in path.read_text()


@pytest.mark.parametrize(("answer", "code", "kept"), [("y\n", 0, False), ("n\n", 1, True)])
def test_on_a_terminal_the_answer_counts(
    content: Path, course: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int, kept: bool
) -> None:
    path = write_answer(course, "return 41")
    monkeypatch.setenv("WORKSHOP_CONTENT", str(content))
    monkeypatch.chdir(course)
    monkeypatch.setattr(reset, "is_terminal", lambda: True)
    monkeypatch.setattr("typer.confirm", lambda question: answer == "y\n")
    assert main(["reset", "7.1"]) == code
    assert ("return 41" in path.read_text()) == kept


@pytest.mark.parametrize("target", ["7.9", "module99", "nonsense"])
def test_what_is_not_there_is_told_before_anything_is_asked(
    workshop: Command, course: Path, target: str
) -> None:
    done = workshop("reset", target, cwd=course)
    assert done.returncode == 2 and "--yes" not in done.stdout
