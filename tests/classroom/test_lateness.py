from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.classroom import LatePolicy, moment
from course_runtime.grading import KitError

DAY = 86_400.0
POLICY = LatePolicy(due=1000.0, per_day=10, cap=35, zero_after=7)


@pytest.mark.parametrize(
    ("days", "taken"), [(-1, 0), (0, 0), (0.01, 1), (1, 1), (1.01, 2), (3, 3), (4, 3.5), (7, 3.5), (7.1, 8)]
)
def test_each_day_begun_costs_up_to_the_cap_and_then_everything(days: float, taken: float) -> None:
    late = POLICY.seconds_late(1000.0 + days * DAY, None, 0)
    assert POLICY.penalty(8.0, 10.0, late) == taken


def test_never_more_than_there_is() -> None:
    assert POLICY.penalty(0.5, 10.0, DAY) == 0.5


def test_an_extension_and_a_date_of_ones_own() -> None:
    assert POLICY.seconds_late(1000.0 + 2 * DAY, None, 1.5) == 0.5 * DAY
    assert POLICY.seconds_late(1000.0 + 2 * DAY, 1000.0 + 2 * DAY, 0) == 0
    assert POLICY.seconds_late(1000.0 + 2 * DAY, 500.0, 0) == 2 * DAY + 500


def test_without_a_date_nobody_is_late() -> None:
    assert LatePolicy().seconds_late(1e12, None, 0) == 0
    assert POLICY.seconds_late(None, None, 0) == 0


@given(
    score=st.floats(0, 100),
    late=st.floats(-1e7, 1e7),
    per_day=st.floats(0, 100),
    cap=st.floats(0, 100),
    zero=st.none() | st.floats(0, 30),
)
def test_what_is_taken_lies_between_nothing_and_the_score(
    score: float, late: float, per_day: float, cap: float, zero: float | None
) -> None:
    taken = LatePolicy(0.0, per_day, cap, zero).penalty(score, 100.0, late)
    assert 0 <= taken <= score + 1e-4


def test_dates() -> None:
    assert moment("2026-11-21T18:00Z", "due") == moment("2026-11-21 19:00+01:00", "due")
    assert moment("2026-11-21", "due") == time.mktime((2026, 11, 21, 23, 59, 59, 0, 0, -1))
    with pytest.raises(KitError, match="--due is 'tomorrow', which is no date"):
        moment("tomorrow", "--due")
