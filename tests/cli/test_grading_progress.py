from __future__ import annotations

import pytest

from course_runtime.classroom import Counts, Entry
from course_runtime.cli.grading_progress import line, progress
from course_runtime.grading import Result


def entry(message: str = "", name: str = "Anna") -> Entry:
    result = None if message else Result("module7", "emulator")
    return Entry("module7", "anna", name, "", "", None, "k", "graded", message, result, None)


def test_a_line_a_student_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    counts = Counts(total=3)
    counts.by_state["kept"] = 1
    with progress(counts) as shown:
        counts.by_state["graded"] = 1
        shown(entry(), counts)
    assert capsys.readouterr().out.splitlines() == ["1 of 3 have their grade already.", "2/3 Anna: 0 of 0"]


def test_what_a_student_wrote_steers_no_terminal() -> None:
    assert line(entry("\x1b[2Jbroken", "\u202eanna")) == "\\u202eanna: broken"
