from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from .loading import load

randomness = load("diabetes.randomness")
DatasetError = load("diabetes.errors").DatasetError


@given(st.integers(min_value=0))
def test_a_seed_and_a_purpose_give_the_same_numbers_again(seed: int) -> None:
    first, again = (randomness.stream(seed, "clean").random(5) for _ in range(2))
    assert np.array_equal(first, again)


@given(st.integers(min_value=0), st.integers(min_value=0))
def test_another_seed_or_purpose_gives_others(seed: int, other: int) -> None:
    numbers = randomness.stream(seed, "clean").random(5)
    assert not np.array_equal(numbers, randomness.stream(seed, "nulls").random(5))
    assert (seed == other) == np.array_equal(numbers, randomness.stream(other, "clean").random(5))


@pytest.mark.parametrize("seed", [-1, 1.5, "7", None, True])
def test_what_is_no_seed_is_refused(seed: object) -> None:
    with pytest.raises(DatasetError) as refusal:
        randomness.stream(seed, "clean")
    assert str(refusal.value) == (
        f"The seed is a whole number from 0 up; {seed!r} came. Give for example 41."
    )


def test_numpys_whole_numbers_are_seeds() -> None:
    assert randomness.checked_seed(np.int64(7)) == 7


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(DatasetError, match="at most 10; 11 came"):
        randomness.checked_rows(11, at_most=10)


def test_no_rows_are_refused() -> None:
    with pytest.raises(DatasetError, match="The number of rows is a whole number from 1 up; 0 came"):
        randomness.checked_rows(0)
