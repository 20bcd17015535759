from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.grading.bounded import LONGEST, bounded


@given(st.text(max_size=300))
def test_what_can_be_read_stays_whole(text: str) -> None:
    assert bounded(text) == text


def test_the_longest_that_stays_whole() -> None:
    assert bounded("x" * LONGEST) == "x" * LONGEST


def test_of_more_both_ends_are_shown_and_the_rest_is_counted() -> None:
    shown = bounded("begin" + "x" * 100_000 + "end")
    assert shown.startswith("begin")
    assert shown.endswith("end")
    assert "[… 91,008 characters left out …]" in shown
    assert len(shown) < LONGEST
