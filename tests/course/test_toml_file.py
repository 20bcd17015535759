from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.errors import CourseError
from course_runtime.course.toml_file import Table, read_toml, toml_text, tomllib

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_any_text_survives_being_written(text: str) -> None:
    assert tomllib.loads(f"key = {toml_text(text)}") == {"key": text}


def test_a_truth_value_is_not_a_number() -> None:
    with pytest.raises(CourseError, match="True where a whole number was expected"):
        Table({"minutes": True}, Path("m.toml")).whole("minutes")


def test_a_fault_in_a_row_says_which_row() -> None:
    row = Table({"todo": [{}, {"id": 1}]}, Path("m.toml")).tables("todo")[1]
    with pytest.raises(CourseError, match="todo number 2"):
        row.text("id")


def test_a_file_that_is_not_there_or_not_text_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="cannot be read"):
        read_toml(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes(b"title = 'caf\xe9'")
    with pytest.raises(CourseError, match="not UTF-8"):
        read_toml(tmp_path / "latin.toml")
