"""Lists in messages, and what was expected."""

from __future__ import annotations

import pytest

from course_runtime.grading import expecting, listed
from course_runtime.grading.failures import StudentFailure


def test_each_item_has_a_line() -> None:
    assert listed(["a", 2]) == "  a\n  2"


def test_of_many_items_the_first_are_shown_and_the_others_counted() -> None:
    assert listed(range(5), most=3) == "  0\n  1\n  2\n  ... and 2 more"


def test_no_items_are_no_lines() -> None:
    assert listed([]) == ""


def test_a_failure_says_first_what_was_expected() -> None:
    with pytest.raises(StudentFailure) as raised, expecting("It should sign in."):
        raise StudentFailure("sign_in() raised KeyError: 'x'", kind="timeout")
    assert str(raised.value) == "It should sign in.\nsign_in() raised KeyError: 'x'"
    assert raised.value.kind == "timeout"


def test_a_failed_assertion_is_left_alone() -> None:
    with pytest.raises(AssertionError, match=r"^as it was$"), expecting("It should sign in."):
        raise AssertionError("as it was")
