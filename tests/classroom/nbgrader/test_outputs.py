"""What a student reads under a cell of points: every word of it, in lines that are not cut off."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.classroom.nbgrader.outputs import message_of
from course_runtime.grading import TodoResult

ID = "/subscriptions/" + "0123456789abcdef/" * 12


def todo(message: str) -> TodoResult:
    return TodoResult("1.2", "A title", 1.5, 4, "failed", message)


def test_points_come_first_and_each_message_once() -> None:
    assert message_of(todo("No.")).splitlines() == ["TODO 1.2: 1.5 of 4 points", "No."]


def test_a_value_stays_whole_where_a_page_can_scroll() -> None:
    said = message_of(todo(f"  container_registry: expected {ID} and nothing else"))
    assert f"  {ID}" in said.splitlines()


def test_and_is_broken_where_it_would_be_cut_off() -> None:
    said = message_of(todo(f"expected {ID}"), 80, break_words=True)
    assert max(map(len, said.splitlines())) == 80
    assert ID in "".join(said.splitlines())


@given(st.lists(st.text("ab <\t", max_size=300), max_size=4), st.sampled_from([40, 80, 110]))
def test_no_word_is_lost_and_no_line_too_long(lines: list[str], width: int) -> None:
    said = message_of(todo("\n".join(lines)), width, break_words=True)
    body = said.splitlines()[1:]
    assert "".join("".join(body).split()) == "".join("".join(lines).split())
    assert all(len(line) <= width for line in body if line.strip())
