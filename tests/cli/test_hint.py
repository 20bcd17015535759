from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli.hint import hint_for, what_next
from course_runtime.course import Hint, ProgressStore, load_catalogue

from .conftest import Command


def test_each_says_more_than_the_one_before(workshop: Command, course: Path) -> None:
    shown = [workshop("hint", "7.1", cwd=course).stdout for _ in range(4)]
    assert [text.split(" for ")[0] for text in shown] == [
        "Hint 1 of 3",
        "Hint 2 of 3",
        "Hint 3 of 3",
        "Hint 3 of 3",
    ]
    assert "Six times seven" in shown[2] and "workshop docs 7.1" in shown[2]


def test_a_certain_one(workshop: Command, course: Path) -> None:
    assert "below fifty" in workshop("hint", "7.1", "--level", "2", cwd=course).stdout
    assert workshop("hint", "7.1", "--level", "4", cwd=course).returncode == 2


def test_it_is_shown_though_it_cannot_be_remembered(
    content: Path, course: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (course / ".workshop" / "progress.json").mkdir()
    module = load_catalogue(content).module("7")
    assert hint_for(module, "7.1", ProgressStore(course), None).level == 1
    assert "was not kept" in capsys.readouterr().err


def test_what_next() -> None:
    assert what_next(Hint("7.1", 1, 3, "")) == "More: workshop hint 7.1 --level 2"
    assert "docs" in what_next(Hint("7.1", 3, 3, ""))
