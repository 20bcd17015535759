from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.catalogue import Catalogue
from course_runtime.course.progress import Outcome
from course_runtime.course.progress_store import ProgressStore
from course_runtime.course.track_status import NOT_YET, status, track_modules
from course_runtime.course.working_copy import start


def test_a_fresh_course_begins_with_its_first_todo(course: Path, catalogue: Catalogue) -> None:
    now = status(course, catalogue)
    assert (now.track.name, now.done, now.total, now.points, now.max_points) == ("whole", 0, 4, 0, 8)
    assert now.next is not None
    assert (now.next.todo.id, now.next.command) == ("0.1", "workshop check module0 --todo 0.1")


def test_what_is_passed_is_counted_and_the_next_step_moves_on(course: Path, catalogue: Catalogue) -> None:
    ProgressStore(course).record([Outcome("0.1", "passed", 1), Outcome("0.2", "failed", 2)])
    now = status(course, catalogue)
    basics = now.modules[0]
    assert (basics.done, basics.total, basics.points, basics.max_points, basics.state) == (
        1,
        2,
        3,
        4,
        "in progress",
    )
    assert now.next is not None and now.next.todo.id == "0.2"


def test_when_all_is_passed_there_is_no_next_step(course: Path, catalogue: Catalogue) -> None:
    todos = [todo.id for module in catalogue.modules for todo in module.todos]
    ProgressStore(course).record([Outcome(todo, "passed", 99) for todo in todos])
    now = status(course, catalogue)
    assert now.next is None
    assert now.points == now.max_points == 8
    assert [module.state for module in now.modules] == ["done", "done", NOT_YET]


def test_a_module_that_is_not_written_yet_is_shown_as_such(course: Path, catalogue: Catalogue) -> None:
    absent = status(course, catalogue).modules[2]
    assert (absent.title, absent.minutes, absent.present, absent.state) == (
        "Not written yet",
        45,
        False,
        NOT_YET,
    )


def test_a_track_may_take_single_todos(tmp_path: Path, catalogue: Catalogue) -> None:
    start(tmp_path / "half", "half-day", catalogue)
    modules = status(tmp_path / "half", catalogue).modules
    assert [module.todos for module in modules] == [("0.2",), ("3.1",), (), ()]
    assert [module.missing_todos for module in modules] == [(), (), ("5.1",), ()]
    assert [module.title for module in modules][2:] == ["Module 5", "Not written yet"]


def test_a_todo_may_say_which_tracks_take_it(course: Path, catalogue: Catalogue) -> None:
    toml = catalogue.root / "tracks.toml"
    toml.write_text(toml.read_text().replace('todos = ["0.2", "3.1", "5.1"]', "modules = [0]"))
    from course_runtime.course.catalogue import load_catalogue

    again = load_catalogue(catalogue.root)
    start(course, "half-day", again)
    assert status(course, again).modules[0].todos == ("0.2",)


def test_a_damaged_progress_file_is_said(course: Path, catalogue: Catalogue) -> None:
    ProgressStore(course).path.write_text("{")
    assert "progress-damaged" in status(course, catalogue).note


def test_a_checkout_without_a_record_follows_the_default_track(built: Catalogue) -> None:
    assert status(built.root, built).track.name == "half-day"


@pytest.mark.parametrize(("track", "names"), [("half-day", [0, 3]), ("whole", [0, 3])])
def test_the_modules_of_a_track_are_those_the_kit_has(
    catalogue: Catalogue, track: str, names: list[int]
) -> None:
    found = track_modules(catalogue.tracks.track(track), catalogue)
    assert [module.number for module in found] == names
