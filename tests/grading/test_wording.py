"""Lists in messages."""

from __future__ import annotations

from course_runtime.grading import listed


def test_each_item_has_a_line() -> None:
    assert listed(["a", 2]) == "  a\n  2"


def test_of_many_items_the_first_are_shown_and_the_others_counted() -> None:
    assert listed(range(5), most=3) == "  0\n  1\n  2\n  ... and 2 more"


def test_no_items_are_no_lines() -> None:
    assert listed([]) == ""
