"""Which points a sweep tries."""

from __future__ import annotations

import itertools
import json
from statistics import fmean

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.engine.sweep import sampling
from course_runtime.emulator.engine.sweep.sampling import Trial
from course_runtime.emulator.engine.sweep.space import Hyperparameter, Point, parse

EIGHTEEN = parse(
    {
        "units": ["choice", [[256, 512]]],
        "l1": ["choice", [[0.001, 0.01, 0.05]]],
        "l2": ["choice", [[0.001, 0.01, 0.05]]],
    }
)
MIXED = parse({"lr": ["uniform", [0, 1]], "depth": ["choice", [[2, 4, 8]]]})


def keys(points: list[Point]) -> list[str]:
    return [json.dumps(point, sort_keys=True) for point in points]


def first(points: object, count: int) -> list[Point]:
    return list(itertools.islice(points, count))  # type: ignore[call-overload]


def test_a_grid_has_every_combination_once() -> None:
    points = list(sampling.grid(EIGHTEEN))
    assert len(points) == len(set(keys(points))) == 18 == sampling.number_of_points(EIGHTEEN)
    assert points[0] == {"units": 256, "l1": 0.001, "l2": 0.001}
    assert points[1] == {"units": 256, "l1": 0.001, "l2": 0.01}


@given(st.integers(0, 2**31 - 1))
def test_a_seed_gives_the_same_points_again(seed: int) -> None:
    for draw in (sampling.random_points, sampling.sobol_points):
        assert first(draw(MIXED, seed), 5) == first(draw(MIXED, seed), 5)


def test_another_seed_gives_other_points() -> None:
    assert first(sampling.random_points(MIXED, 1), 5) != first(sampling.random_points(MIXED, 2), 5)


def test_a_space_that_can_be_used_up_is_without_repetition() -> None:
    for draw in (sampling.random_points, sampling.sobol_points):
        points = list(draw(EIGHTEEN, 7))
        assert sorted(keys(points)) == sorted(keys(list(sampling.grid(EIGHTEEN))))


def test_sobol_points_keep_their_distance() -> None:
    """Of any 2**n points, one lies in each of 2**n equal parts: chance alone hardly ever does that."""
    space = parse({"x": ["uniform", [0, 1]]})
    points = first(sampling.sobol_points(space, 3), 16)
    assert {int(point["x"] * 16) for point in points} == set(range(16))


def measure(point: Point) -> float:
    return -((point["lr"] - 0.3) ** 2) - (0 if point["depth"] == 4 else 0.2)


def run_bayesian(space: list[Hyperparameter], count: int, seed: int) -> list[Trial]:
    trials: list[Trial] = []
    for _ in range(count):
        point = sampling.bayesian_point(space, seed, trials, maximize=True)
        trials.append(Trial(point, measure(point)))
    return trials


def test_bayesian_sampling_closes_in_on_the_best_region() -> None:
    late = [measure(trial.point) for trial in run_bayesian(MIXED, 40, seed=5)[20:]]
    by_chance = [measure(point) for point in first(sampling.random_points(MIXED, 5), 200)]
    assert fmean(late) > fmean(by_chance) / 2  # both negative: half as far from the best


def test_bayesian_sampling_is_repeatable_and_needs_the_trials_alone() -> None:
    trials = run_bayesian(MIXED, 14, seed=5)
    again = sampling.bayesian_point(MIXED, 5, trials[:13], maximize=True)
    assert again == trials[13].point


def test_bayesian_sampling_takes_running_and_failed_trials() -> None:
    trials = [Trial({"lr": 0.5, "depth": 2}), Trial({"lr": 0.1, "depth": 8}, float("nan"))]
    point = sampling.bayesian_point(MIXED, 1, trials, maximize=False)
    assert 0 <= point["lr"] <= 1 and point["depth"] in (2, 4, 8)


def test_bayesian_steps_are_multiples_within_the_bounds() -> None:
    space = parse({"n": ["quniform", [10, 95, 20]]})
    trials: list[Trial] = []
    for _ in range(15):
        point = sampling.bayesian_point(space, 3, trials, maximize=True)
        assert point["n"] in (20, 40, 60, 80)
        trials.append(Trial(point, float(point["n"])))
