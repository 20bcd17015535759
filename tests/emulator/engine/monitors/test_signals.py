"""The drift signals, on shifts with a known size."""

from __future__ import annotations

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from course_runtime.emulator.engine.monitors.signals import categorical, is_numerical, numerical

NUMERICAL, CATEGORICAL = numerical(), categorical()
DISTANCES = [name for name, metric in NUMERICAL.items() if not metric.is_p_value]


def normal(mean: float, deviation: float = 1.0, seed: int = 0, size: int = 5000) -> pandas.Series:
    return pandas.Series(numpy.random.default_rng(seed).normal(mean, deviation, size))


def test_the_same_data_has_not_drifted() -> None:
    values = normal(50, 15)
    for name in DISTANCES:
        assert NUMERICAL[name].compute(values, values) == pytest.approx(0, abs=1e-9)
    assert NUMERICAL["TwoSampleKolmogorovSmirnovTest"].compute(values, values) == pytest.approx(1)


def test_a_shift_by_one_deviation_is_a_wasserstein_distance_of_one() -> None:
    reference = normal(0)
    distance = NUMERICAL["NormalizedWassersteinDistance"]
    assert distance.compute(reference, reference + reference.std(ddof=0)) == pytest.approx(1)
    assert distance.compute(reference * 10, (reference + reference.std(ddof=0)) * 10) == pytest.approx(1)


def test_sets_without_overlap_are_at_the_greatest_jensen_shannon_distance() -> None:
    reference, now = pandas.Series(["a"] * 50), pandas.Series(["b"] * 80)
    assert CATEGORICAL["JensenShannonDistance"].compute(reference, now) == pytest.approx(1)


@pytest.mark.parametrize("name", NUMERICAL)
def test_a_larger_shift_is_a_larger_drift(name: str) -> None:
    metric = NUMERICAL[name]
    small, large = (metric.compute(normal(0), normal(shift, seed=1)) for shift in (0.05, 0.5))
    assert small > large if metric.is_p_value else small < large
    assert metric.alerts(large, 0.1)


@pytest.mark.parametrize("name", NUMERICAL)
def test_chance_alone_raises_no_alert(name: str) -> None:
    value = NUMERICAL[name].compute(normal(0, seed=1), normal(0, seed=3))
    assert not NUMERICAL[name].alerts(value, 0.1)


def test_categories_that_change_their_shares_alert() -> None:
    reference = pandas.Series(["yes"] * 500 + ["no"] * 500)
    now = pandas.Series(["yes"] * 900 + ["no"] * 100)
    for metric in CATEGORICAL.values():
        assert metric.alerts(metric.compute(reference, now), 0.1)
        assert not metric.alerts(metric.compute(reference, reference), 0.1)


def test_the_chi_squared_test_is_scipys() -> None:
    reference = pandas.Series(["a"] * 30 + ["b"] * 70)
    now = pandas.Series(["a"] * 45 + ["b"] * 55)
    expected = stats.chi2_contingency([[30, 70], [45, 55]]).pvalue
    assert CATEGORICAL["PearsonsChiSquaredTest"].compute(reference, now) == pytest.approx(expected)


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40),
    st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40),
)
def test_every_metric_is_a_finite_number(reference: list[float], now: list[float]) -> None:
    for metric in NUMERICAL.values():
        value = metric.compute(pandas.Series(reference), pandas.Series(now))
        assert numpy.isfinite(value) and value >= 0


def test_a_constant_column_is_measured_too() -> None:
    for name in DISTANCES:
        assert NUMERICAL[name].compute(pandas.Series([3.0] * 10), pandas.Series([3.0] * 10)) == 0


def test_numbers_and_categories_are_told_apart() -> None:
    assert is_numerical(pandas.Series([1, 2])) and is_numerical(pandas.Series([1.5]))
    assert not is_numerical(pandas.Series([True, False])) and not is_numerical(pandas.Series(["a"]))
