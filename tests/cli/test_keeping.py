from __future__ import annotations

from pathlib import Path

from course_runtime.cli.keeping import keep_progress, progress_of, store_of
from course_runtime.course import ProgressStore
from course_runtime.grading import Result
from course_runtime.grading.result import TodoResult

RESULT = Result(
    "module7",
    "emulator",
    todos=[
        TodoResult("7.1", "One", 1.0, 1.0, "passed"),
        TodoResult("7.2", "Two", 0.0, 1.0, "skipped"),
    ],
)


def test_what_was_asked_for_is_kept(course: Path) -> None:
    assert keep_progress(course / "module7_answers", RESULT) == ""
    progress = ProgressStore(course).load()
    assert progress.of("7.1").passed
    assert "7.2" not in progress.todos


def test_outside_a_course_folder_nothing_is_kept_and_nothing_said(tmp_path: Path) -> None:
    assert store_of(tmp_path) is None
    assert keep_progress(tmp_path, RESULT) == ""
    assert progress_of(tmp_path).hints_used == {}


def test_hints_are_known(course: Path) -> None:
    ProgressStore(course).record_hint("7.1", 2)
    assert progress_of(course).hints_used == {"7.1": 2}


def test_what_cannot_be_read_or_written_is_a_sentence(course: Path) -> None:
    (course / ".workshop" / "progress.json").mkdir()
    assert progress_of(course).note.startswith("Your progress was not kept. ")
    assert keep_progress(course, RESULT).startswith("Your progress was not kept. ")
