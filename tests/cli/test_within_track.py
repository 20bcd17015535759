from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_runtime.cli.watching.board import Board
from course_runtime.cli.within_track import within_track
from course_runtime.course import load_catalogue, start
from course_runtime.grading.result import Result, Status, TodoResult

from .conftest import Command


def result(**statuses: Status) -> Result:
    """Of module 0, of which the half-day track takes 0.2."""
    todos = [
        TodoResult(f"0.{number}", "Title", 0.0, 4.0, statuses.get(f"todo{number}", "not_started"))
        for number in (1, 2, 3, 4)
    ]
    return Result("module0", "emulator", todos=todos)


def ids(shown: Result) -> list[str]:
    return [todo.id for todo in shown.todos]


@pytest.fixture(scope="module")
def half_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("half") / "course"
    start(folder, "half-day", load_catalogue())
    return folder


def test_what_the_track_leaves_out_is_in_nobodys_way(half_day: Path) -> None:
    shown = within_track(result(todo2="passed"), half_day / "module0_orientation")
    assert ids(shown) == ["0.2"] and shown.passed
    assert shown.notes == [
        "The track half-day leaves out 0.1, 0.3, 0.4; what you begin of them is shown here too."
    ]


def test_what_was_begun_is_shown(half_day: Path) -> None:
    shown = within_track(result(todo2="passed", todo3="failed"), half_day)
    assert ids(shown) == ["0.2", "0.3"] and not shown.passed


def test_the_result_itself_is_left_as_it_is(half_day: Path) -> None:
    whole = result()
    within_track(whole, half_day)
    assert len(whole.todos) == 4 and whole.notes == []


def test_a_track_that_takes_the_whole_module_hides_nothing(tmp_path: Path) -> None:
    start(tmp_path / "course", "two-day", load_catalogue())
    assert len(within_track(result(), tmp_path / "course").todos) == 4


def test_where_no_track_was_chosen_nothing_is_hidden(tmp_path: Path) -> None:
    assert len(within_track(result(), tmp_path).todos) == 4
    assert len(within_track(result(), Path(__file__).parent).todos) == 4


def test_a_damaged_record_hides_nothing(tmp_path: Path) -> None:
    start(tmp_path / "course", "half-day", load_catalogue())
    (tmp_path / "course" / ".workshop" / "course.toml").write_text('track = "nowhere"\ncreated = "x"\n')
    assert len(within_track(result(), tmp_path / "course").todos) == 4


def test_only_ones_own_work_is_shown_by_the_track(workshop: Command) -> None:
    kit = Command(workshop.home, Path(__file__).parents[2])
    assert kit("start", "mine", "--track", "half-day").returncode == 0
    mine = kit.home / "mine"
    assert "0 of 1 TODOs" in kit("check", "module0", cwd=mine).stdout
    assert "0 of 4 TODOs" in kit("check", "module0", "module0_orientation/exercise.py", cwd=mine).stdout
    assert len(json.loads(kit("check", "module0", "--json", cwd=mine).stdout)["todos"]) == 4


def test_a_watcher_counts_what_is_shown(half_day: Path) -> None:
    board = Board(load_catalogue().module("0"))
    board.take(within_track(result(todo2="passed"), half_day))
    assert (board.done, board.total, board.complete) == (1, 1, True)
