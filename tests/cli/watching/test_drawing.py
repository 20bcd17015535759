from __future__ import annotations

import io

import pytest
from rich.console import Console

from course_runtime.cli.watching.drawing import KEYS, Now, draw, key_line

from .test_board import board, result


def drawn(width: int, view: str = "todo", **now: str) -> str:
    mine = board()
    mine.take(result("failed", "passed", "failed"))
    mine.take(result("passed", "failed", "failed"))
    mine.view = view  # type: ignore[assignment]
    screen = Console(file=io.StringIO(), width=width, color_system=None)
    draw(screen, mine, Now(**now))
    return str(screen.file.getvalue())  # type: ignore[attr-defined]


@pytest.mark.parametrize("width", [20, 40, 80])
@pytest.mark.parametrize("view", ["todo", "all", "help"])
def test_nothing_is_wider_than_the_terminal(width: int, view: str) -> None:
    assert max(map(len, drawn(width, view).splitlines())) <= width


def test_it_says_where_one_is_what_changed_and_what_comes() -> None:
    shown = drawn(80, status="exercise.py checked.")
    assert "module1 X" in shown and "1 of 3 TODOs" in shown
    assert "1.1 passes now" in shown
    assert "1.2 passed before, and no longer does" in shown
    assert "Do 1.2" in shown and "Do 1.3" not in shown
    assert "exercise.py checked." in shown


def test_a_problem_stands_in_place_of_the_todo() -> None:
    shown = drawn(80, problem="exercise.ipynb is damaged.")
    assert "exercise.ipynb is damaged." in shown and "Do 1.2" not in shown


def test_help_names_every_key_and_how_saves_are_noticed() -> None:
    shown = drawn(80, "help", noticing="By events.")
    assert all(f"\n{key}  " in f"\n{shown}" for key in KEYS)
    assert "By events." in shown
    assert all(key in key_line().plain for key in KEYS)
