"""Which points of a space a sweep tries, one after the other: grid, random, Sobol, Bayesian.

The next point follows from the space, the seed and the trials so far alone, so a sweep goes on after a restart.
"""

from __future__ import annotations

import itertools
import json
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_runtime.emulator.engine.sweep.space import Hyperparameter, Point, in_steps

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

TRIES_FOR_A_NEW_POINT = 1000


@dataclass(frozen=True)
class Trial:
    """What a Bayesian sweep learns from: a point and, when it has ended, its best metric."""

    point: Point
    value: float | None = None


def number_of_points(space: Sequence[Hyperparameter]) -> float:
    """How many different points there are; infinite unless all hyperparameters are discrete."""
    if not all(one.is_discrete for one in space):
        return math.inf
    return math.prod(len(_distinct(one)) for one in space)


def _distinct(one: Hyperparameter) -> set[str]:
    return {json.dumps(value, sort_keys=True) for value in one.values}


def grid(space: Sequence[Hyperparameter]) -> Iterator[Point]:
    """Every combination once; the last hyperparameter varies fastest."""
    names = [one.name for one in space]
    for values in itertools.product(*(one.values for one in space)):
        yield dict(zip(names, values, strict=True))


def random_points(space: Sequence[Hyperparameter], seed: int) -> Iterator[Point]:
    """Independent draws; a space that can be used up is, without a point coming twice."""
    generator = random.Random(seed)
    yield from _without_repetition(space, iter(lambda: [generator.random() for _ in space], None))


def sobol_points(space: Sequence[Hyperparameter], seed: int) -> Iterator[Point]:
    """A scrambled Sobol sequence: random draws that keep their distance."""
    from scipy.stats import qmc  # type: ignore[import-untyped]

    sequence = qmc.Sobol(d=len(space), scramble=True, seed=seed)

    def units() -> list[float]:
        return [float(unit) for unit in sequence.random(1)[0]]

    yield from _without_repetition(space, iter(units, None))


def _without_repetition(space: Sequence[Hyperparameter], units: Iterator[list[float]]) -> Iterator[Point]:
    seen: set[str] = set()
    there_are = number_of_points(space)
    while len(seen) < there_are:
        for unit in itertools.islice(units, TRIES_FOR_A_NEW_POINT):
            point = {one.name: one.at(part) for one, part in zip(space, unit, strict=True)}
            key = json.dumps(point, sort_keys=True)
            if key not in seen:
                break
        else:
            return
        seen.add(key)
        yield point


def bayesian_point(
    space: Sequence[Hyperparameter], seed: int, trials: Sequence[Trial], *, maximize: bool
) -> Point:
    """Where a tree-structured Parzen estimator looks next, given what the trials so far have found."""
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    sampler = optuna.samplers.TPESampler(seed=seed + len(trials), constant_liar=True)
    study = optuna.create_study(direction="maximize" if maximize else "minimize", sampler=sampler)
    distributions = {one.name: _distribution(one) for one in space}
    for trial in trials:
        known = trial.value is not None and math.isfinite(trial.value)
        study.add_trial(
            optuna.trial.create_trial(
                params=_as_optuna_keeps_them(space, trial.point),
                distributions=distributions,
                value=trial.value if known else None,
                state=optuna.trial.TrialState.COMPLETE if known else optuna.trial.TrialState.RUNNING,
            )
        )
    asked = study.ask(distributions)
    return {one.name: _from_optuna(one, asked.params[one.name]) for one in space}


def _distribution(one: Hyperparameter) -> BaseDistribution:
    from optuna.distributions import CategoricalDistribution, FloatDistribution

    if one.kind == "choice":
        return CategoricalDistribution(tuple(range(len(one.values))))
    if one.kind == "quniform":
        low, high, step = one.arguments
        first, last = math.ceil(low / step) * step, math.floor(high / step) * step
        return FloatDistribution(first, max(first, last), step=step)
    return FloatDistribution(*one.arguments)


def _as_optuna_keeps_them(space: Sequence[Hyperparameter], point: Point) -> dict[str, float | int]:
    return {
        one.name: one.values.index(point[one.name]) if one.kind == "choice" else float(point[one.name])
        for one in space
    }


def _from_optuna(one: Hyperparameter, value: float | int) -> object:
    if one.kind == "choice":
        return one.values[int(value)]
    if one.kind == "quniform":
        return in_steps(value, one.arguments[2])
    return float(value)
