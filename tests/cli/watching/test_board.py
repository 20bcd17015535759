from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.cli.watching.board import Board
from course_runtime.course import Module, Todo
from course_runtime.grading import Result, TodoResult

IDS = ("1.1", "1.2", "1.3")
STATUSES = st.lists(st.sampled_from(["passed", "failed", "not_started"]), min_size=3, max_size=3)


def board() -> Board:
    todos = tuple(Todo(one, f"Do {one}", 1) for one in IDS)
    return Board(Module(1, "module1_x", "X", 10, "", (), "plain", ("exercise.py",), (), todos, Path("/")))


def result(*statuses: str) -> Result:
    todos = [
        TodoResult(one, f"Do {one}", float(status == "passed"), 1.0, status)  # type: ignore[arg-type]
        for one, status in zip(IDS, statuses, strict=True)
    ]
    return Result("module1", "emulator", todos=todos)


def test_the_first_that_is_not_passed_is_shown() -> None:
    mine = board()
    assert mine.shown is None
    mine.take(result("passed", "failed", "not_started"))
    assert (mine.shown_id, mine.done) == ("1.2", 1)


def test_one_steps_on_when_it_is_passed() -> None:
    mine = board()
    mine.take(result("failed", "not_started", "not_started"))
    mine.aside = ["a hint"]
    change = mine.take(result("passed", "not_started", "not_started"))
    assert (change.fixed, change.broken, mine.shown_id, mine.aside) == (("1.1",), (), "1.2", [])


def test_a_hint_stays_while_its_todo_does() -> None:
    mine = board()
    mine.take(result("failed", "failed", "failed"))
    mine.aside = ["a hint"]
    mine.take(result("failed", "passed", "failed"))
    assert mine.aside == ["a hint"]


def test_what_broke_is_told() -> None:
    mine = board()
    mine.take(result("passed", "passed", "passed"))
    change = mine.take(result("failed", "passed", "passed"))
    assert (change.broken, mine.complete) == (("1.1",), False)


def test_the_first_result_is_no_change() -> None:
    mine = board()
    assert mine.take(result("passed", "passed", "passed")).fixed == ()
    assert mine.complete


@pytest.mark.parametrize("presses, shown", [(1, "1.2"), (2, "1.3"), (3, "1.1")])
def test_next_goes_round(presses: int, shown: str) -> None:
    mine = board()
    mine.take(result("failed", "failed", "failed"))
    for _ in range(presses):
        mine.show_next()
    assert mine.shown_id == shown


def test_the_chosen_todo_stays_until_it_is_passed() -> None:
    mine = board()
    mine.take(result("failed", "failed", "failed"))
    mine.show_next()
    mine.take(result("failed", "failed", "passed"))
    assert mine.shown_id == "1.2"
    mine.take(result("failed", "passed", "passed"))
    assert mine.shown_id == "1.1"


@given(st.lists(st.one_of(STATUSES, st.just("next")), max_size=12))
def test_an_open_todo_is_shown_exactly_when_there_is_one(steps: list[list[str] | str]) -> None:
    mine = board()
    for step in steps:
        if isinstance(step, str):
            mine.show_next()
        else:
            mine.take(result(*step))
        assert (mine.shown is None) == (not mine.open_todos)
        assert mine.shown is None or mine.shown.status != "passed"
        assert not set(mine.change.fixed) & set(mine.change.broken)
