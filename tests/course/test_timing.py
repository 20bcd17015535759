from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.timing import shared_minutes

MINUTES = st.lists(st.integers(1, 90), min_size=1, max_size=12)


@given(MINUTES, st.integers(0, 400))
def test_all_is_shared_out_in_proportion(alone: list[int], available: int) -> None:
    shares = shared_minutes(alone, available)
    assert sum(shares) == available
    for own, share in zip(alone, shares, strict=True):
        assert abs(share - own * available / sum(alone)) < 1


def test_what_nobody_has_timed_gets_as_much_as_the_others() -> None:
    assert shared_minutes([0, 0, 0], 45) == [15, 15, 15]
    assert shared_minutes([], 45) == []
