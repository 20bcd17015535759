from __future__ import annotations

import numpy as np
import pytest

from .loading import load

patients = load("diabetes.patients")
SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_numbers_have_seven_digits_and_a_few_come_twice(seed: int) -> None:
    numbers = patients.first_year_patients(seed, 10_000)
    assert numbers.min() >= 1_000_000 and numbers.max() <= 1_999_999
    assert 20 <= 10_000 - len(np.unique(numbers)) <= 80


@pytest.mark.parametrize("seed", SEEDS)
def test_exactly_so_many_patients_return(seed: int) -> None:
    first_year = patients.first_year_patients(seed, 10_000)
    second_year = patients.second_year_patients(first_year, seed, 5_000, returning=55)
    assert len(second_year) == 5_000
    assert len(np.intersect1d(first_year, second_year)) == 55


def test_those_who_return_stand_anywhere() -> None:
    first_year = patients.first_year_patients(1, 10_000)
    second_year = patients.second_year_patients(first_year, 1, 5_000, returning=55)
    places = np.flatnonzero(np.isin(second_year, first_year))
    assert places.min() < 1_000 and places.max() > 4_000
