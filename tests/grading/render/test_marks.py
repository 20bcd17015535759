from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.grading.render.marks import ASCII, UNICODE, marks_for


@pytest.mark.parametrize(
    ("encoding", "marks"), [("utf-8", UNICODE), ("UTF8", UNICODE), ("ascii", ASCII), ("cp1252", ASCII)]
)
def test_a_terminal_gets_signs_that_it_has(encoding: str, marks: object) -> None:
    assert marks_for(encoding) is marks


def test_plain_signs_are_plain() -> None:
    assert all(sign.isascii() for sign in vars(ASCII).values())


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(2, 40))
def test_a_bar_is_full_only_when_all_is_done(done: int, total: int, width: int) -> None:
    full, empty = ASCII.bar(done, total, width)
    assert len(full + empty) == width
    assert (empty == "") == (total > 0 and done >= total)
    assert (full == "") == (done == 0 or total == 0)
