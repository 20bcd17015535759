from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.course.course_record import (
    CourseRecord,
    read_given,
    read_record,
    write_given,
    write_record,
)


def test_a_record_survives_the_file(tmp_path: Path) -> None:
    record = CourseRecord("half-day", '1.0 "beta" \\', "2026-01-01")
    write_record(tmp_path, record)
    assert read_record(tmp_path) == record


def test_what_was_given_survives_the_file(tmp_path: Path) -> None:
    write_given(tmp_path, {"b": "2", "a": "1"})
    assert read_given(tmp_path) == {"a": "1", "b": "2"}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": 3}', "\xff"])
def test_a_lost_record_of_what_was_given_makes_every_file_the_students(tmp_path: Path, content: str) -> None:
    (tmp_path / ".workshop").mkdir()
    (tmp_path / ".workshop" / "given.json").write_bytes(content.encode("latin-1"))
    assert read_given(tmp_path) == {}
