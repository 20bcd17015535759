"""A search space and its distributions."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.engine.sweep.space import Hyperparameter, parse
from course_runtime.emulator.kernel.errors import AzureError

UNITS = st.floats(0, 1, exclude_max=True)


def one(kind: str, *arguments: object) -> Hyperparameter:
    return parse({"x": [kind, list(arguments)]})[0]


def draws(hyperparameter: Hyperparameter, count: int = 4000) -> list[float]:
    generator = random.Random(1)
    return [hyperparameter.at(generator.random()) for _ in range(count)]


@given(UNITS, st.lists(st.one_of(st.integers(), st.text()), min_size=1, max_size=5))
def test_a_choice_gives_one_of_its_values(unit: float, values: list[object]) -> None:
    assert one("choice", values).at(unit) in values


@given(UNITS, st.integers(1, 1000))
def test_randint_stays_below_its_upper_bound(unit: float, upper: int) -> None:
    value = one("randint", upper).at(unit)
    assert isinstance(value, int) and 0 <= value < upper


@given(UNITS, st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
def test_uniform_stays_between_its_bounds(unit: float, low: float, width: float) -> None:
    assert low <= one("uniform", low, low + width).at(unit) <= low + width


@given(UNITS)
def test_loguniform_takes_the_logarithms_of_its_bounds(unit: float) -> None:
    assert one("loguniform", math.log(1e-3), math.log(1e-1)).at(unit) * (1 + 1e-12) >= 1e-3
    assert one("loguniform", math.log(1e-3), math.log(1e-1)).at(unit) <= 1e-1 * (1 + 1e-12)


@given(UNITS, st.integers(1, 16))
def test_a_whole_step_gives_whole_numbers(unit: float, step: int) -> None:
    for kind, arguments in (
        ("quniform", (0, 100, step)),
        ("qnormal", (50, 10, step)),
        ("qloguniform", (0, 5, step)),
        ("qlognormal", (1, 1, step)),
    ):
        value = one(kind, *arguments).at(unit)
        assert isinstance(value, int) and value % step == 0


def test_a_broken_step_gives_its_multiples() -> None:
    assert one("quniform", 0, 1, 0.1).at(0.31) == 0.3


def test_the_normal_distributions_have_their_mean_and_spread() -> None:
    values = draws(one("normal", 10, 2))
    assert statistics.fmean(values) == pytest.approx(10, abs=0.2)
    assert statistics.stdev(values) == pytest.approx(2, abs=0.2)
    logs = [math.log(value) for value in draws(one("lognormal", 1, 0.5))]
    assert statistics.fmean(logs) == pytest.approx(1, abs=0.05)


def test_the_ends_of_the_unit_interval_have_values() -> None:
    assert math.isfinite(one("normal", 0, 1).at(0.0))


@pytest.mark.parametrize(
    ("space", "said"),
    [
        ({}, "at least one hyperparameter"),
        ({"lr": 0.1}, "'lr' must be a distribution with its arguments"),
        ({"lr": ["gaussian", [0, 1]]}, "unknown distribution 'gaussian'"),
        ({"lr": ["uniform", [1]]}, "uniform takes min_value, max_value; [1] came"),
        ({"lr": ["uniform", [1, "2"]]}, "max_value must be a number, '2' came"),
        ({"lr": ["uniform", [2, 1]]}, "min_value (2) must be below max_value (1)"),
        ({"lr": ["quniform", [1, 2, 0]]}, "q must be above 0, 0 came"),
        ({"lr": ["normal", [0, -1]]}, "sigma must be above 0, -1 came"),
        ({"lr": ["choice", [[]]]}, "choice needs at least one value"),
        ({"lr": ["randint", [0]]}, "upper must be above 0"),
    ],
)
def test_what_cannot_be_sampled_is_refused_in_words(space: dict[str, object], said: str) -> None:
    with pytest.raises(AzureError) as refused:
        parse(space)
    assert said in refused.value.message
