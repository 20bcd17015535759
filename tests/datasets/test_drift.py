from __future__ import annotations

import numpy as np
import pytest
from pandas import DataFrame, Timestamp
from pandas.testing import assert_frame_equal

from .loading import load
from .measuring import jensen_shannon, kolmogorov_smirnov, normalised_wasserstein

diabetes = load()
SEEDS = range(20)
DRIFTING = ["Pregnancies", "Age", "BMI"]
STEADY = [name for name in diabetes.COLUMNS if name not in DRIFTING]


def measured(measure: object, seed: int) -> dict[str, float]:
    assert callable(measure)
    before, after = diabetes.baseline(seed), diabetes.drifted(seed)
    return {name: measure(before[name], after[name]) for name in DRIFTING}


@pytest.fixture
def tables() -> tuple[DataFrame, DataFrame]:
    return diabetes.baseline(6), diabetes.drifted(6)


def test_the_baseline_is_the_second_year(tables: tuple[DataFrame, DataFrame]) -> None:
    assert_frame_equal(tables[0].drop(columns="Datetime"), diabetes.second_year(6))


def test_three_columns_drift_and_no_other(tables: tuple[DataFrame, DataFrame]) -> None:
    before, after = tables
    assert (after["Pregnancies"] == before["Pregnancies"] + 1).all()
    assert (after["Age"] == (before["Age"] * 1.2).round()).all()
    assert np.allclose(after["BMI"], before["BMI"] * 1.1)
    assert_frame_equal(after[STEADY], before[STEADY])


def test_types_stay_and_each_month_has_its_day(tables: tuple[DataFrame, DataFrame]) -> None:
    before, after = tables
    assert (before.dtypes == after.dtypes).all()
    assert set(before["Datetime"]) == {Timestamp("2022-01-01")}
    assert set(after["Datetime"]) == {Timestamp("2022-02-01")}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_drift_is_as_large_as_the_labs(seed: int) -> None:
    assert measured(normalised_wasserstein, seed) == pytest.approx(
        {"Pregnancies": 0.298, "Age": 0.496, "BMI": 0.325}, abs=0.03
    )
    assert measured(jensen_shannon, seed) == pytest.approx(
        {"Pregnancies": 0.45, "Age": 0.65, "BMI": 0.42}, abs=0.06
    )
    assert measured(kolmogorov_smirnov, seed) == pytest.approx(
        {"Pregnancies": 0.30, "Age": 0.53, "BMI": 0.22}, abs=0.05
    )
