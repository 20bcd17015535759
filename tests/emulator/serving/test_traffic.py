from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.serving.traffic import Split


@st.composite
def shares(draw: st.DrawFn) -> dict[str, int]:
    """Percentages of some deployments, 100 in all at most."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=1, max_size=5)))
    return {
        f"d{number}": high - low for number, (low, high) in enumerate(zip([0, *cuts], cuts, strict=False))
    }


@given(shares(), st.integers(1, 400))
def test_any_run_of_requests_keeps_the_proportions(asked: dict[str, int], requests: int) -> None:
    split = Split()
    got = Counter(split.next(asked) for _ in range(requests))
    for name, share in asked.items():
        assert abs(got[name] - requests * share / 100) <= 3
    assert got[None] <= requests * (100 - sum(asked.values())) / 100 + 3


def test_ninety_to_ten() -> None:
    split = Split()
    got = Counter(split.next({"blue": 90, "green": 10}) for _ in range(1000))
    assert abs(got["green"] - 100) <= 2 and got["blue"] + got["green"] == 1000
