"""A sweep job as it was submitted, checked: what Azure refuses about one is refused here, when it is submitted."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course_runtime.emulator.engine.sweep import sampling, space, termination
from course_runtime.emulator.engine.sweep.sampling import Trial
from course_runtime.emulator.engine.sweep.space import Hyperparameter, Point
from course_runtime.emulator.engine.sweep.termination import Goal, Policy
from course_runtime.emulator.kernel.errors import user_error

MOST_TRIALS = 1000
ALGORITHMS = ("random", "grid", "bayesian")
BAYESIAN_KINDS = ("choice", "uniform", "quniform")


@dataclass(frozen=True)
class SweepPlan:
    space: tuple[Hyperparameter, ...]
    algorithm: str
    rule: str
    seed: int
    metric: str
    goal: Goal
    policy: Policy
    most_trials: int
    at_once: int

    @property
    def trials(self) -> int:
        """How many there will be if none is cut short."""
        return int(min(self.most_trials, sampling.number_of_points(self.space)))

    def next_point(self, trials: Sequence[Trial]) -> Point | None:
        """The point after those of `trials`; None when the space is used up or the limit reached."""
        if len(trials) >= self.trials:
            return None
        if self.algorithm == "bayesian":
            return sampling.bayesian_point(self.space, self.seed, trials, maximize=self.goal.maximize)
        return next(_skip(self._points(), len(trials)), None)

    def _points(self) -> Iterator[Point]:
        if self.algorithm == "grid":
            return sampling.grid(self.space)
        if self.rule == "sobol":
            return sampling.sobol_points(self.space, self.seed)
        return sampling.random_points(self.space, self.seed)


def _skip(points: Iterator[Point], count: int) -> Iterator[Point]:
    for _ in range(count):
        next(points, None)
    return points


def read(properties: Mapping[str, Any], *, seed: int | None = None) -> SweepPlan:
    """From a sweep job's properties; AzureError, in words, for what cannot be run. `seed`: where the job names none."""
    hyperparameters = space.parse(properties.get("searchSpace") or {})
    algorithm = properties.get("samplingAlgorithm") or {}
    kind = str(algorithm.get("samplingAlgorithmType") or "Random").lower()
    if kind not in ALGORITHMS:
        raise user_error(
            f"'{algorithm.get('samplingAlgorithmType')}' is not a sampling algorithm: Random, Grid or Bayesian was "
            "expected."
        )
    policy = termination.parse(properties.get("earlyTermination"))
    _require_fit(kind, hyperparameters, policy)
    metric, goal = _objective(properties.get("objective") or {})
    most, at_once = _limits(properties.get("limits") or {})
    given_seed = algorithm.get("seed")
    return SweepPlan(
        space=tuple(hyperparameters),
        algorithm=kind,
        rule=str(algorithm.get("rule") or "random").lower(),
        seed=given_seed if given_seed is not None else (seed if seed is not None else 0),
        metric=metric,
        goal=goal,
        policy=policy,
        most_trials=most,
        at_once=at_once,
    )


def _require_fit(kind: str, hyperparameters: Sequence[Hyperparameter], policy: Policy) -> None:
    if kind == "grid":
        others = [f"'{one.name}' ({one.kind})" for one in hyperparameters if one.kind != "choice"]
        if others:
            raise user_error(
                "Grid sampling tries every combination, so it supports 'choice' hyperparameters only; "
                f"{', '.join(others)} came. Use choice with the values to try, or random sampling."
            )
    if kind != "bayesian":
        return
    others = [f"'{one.name}' ({one.kind})" for one in hyperparameters if one.kind not in BAYESIAN_KINDS]
    if others:
        raise user_error(
            f"Bayesian sampling supports choice, uniform and quniform only; {', '.join(others)} came. Use one of "
            "these, or random sampling."
        )
    if policy.kind != "never":
        raise user_error(
            "Bayesian sampling does not support early termination policies: it learns from trials that have run to "
            "their end. Leave the policy away, or use random or grid sampling."
        )


def _objective(objective: Mapping[str, Any]) -> tuple[str, Goal]:
    metric = objective.get("primaryMetric")
    if not isinstance(metric, str) or not metric:
        raise user_error(
            "A sweep job needs a primary metric: the name under which the trials log it; none came."
        )
    goal = str(objective.get("goal")).lower()
    if goal not in ("maximize", "minimize"):
        raise user_error(
            f"The goal of a sweep must be 'Maximize' or 'Minimize' (capital M), '{objective.get('goal')}' came."
        )
    return metric, Goal(goal == "maximize")


def _limits(limits: Mapping[str, Any]) -> tuple[int, int]:
    most = limits.get("maxTotalTrials") or MOST_TRIALS
    at_once = limits.get("maxConcurrentTrials") or most
    for name, value in (("max_total_trials", most), ("max_concurrent_trials", at_once)):
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST_TRIALS:
            raise user_error(f"{name} must be a whole number from 1 to {MOST_TRIALS}, {value!r} came.")
    return most, min(at_once, most)


def new_seed() -> int:
    return random.SystemRandom().randrange(2**31 - 1)
