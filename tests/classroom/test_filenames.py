from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.classroom.filenames import file_name


@given(st.text(max_size=300))
def test_a_name_is_one_part_of_a_path_and_short(student: str) -> None:
    name = file_name(student)
    assert name and "/" not in name and "\\" not in name and "\0" not in name
    assert not name.startswith((".", "-")) and len(name.encode()) < 250


@given(st.text(max_size=20), st.text(max_size=20))
def test_two_students_have_two_names_on_every_system(one: str, other: str) -> None:
    if one != other:
        assert file_name(one).lower() != file_name(other).lower()


def test_names() -> None:
    assert file_name("anna_12") == "anna_12"
    assert file_name("con") != "con"
