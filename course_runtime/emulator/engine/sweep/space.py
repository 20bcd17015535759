"""A search space: what each hyperparameter may be, and its value for a number between 0 and 1."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any

from course_runtime.emulator.kernel.errors import user_error

Value = Any
Point = dict[str, Value]

SMALLEST_UNIT = 1e-12  # the normal distributions have no value for 0 and 1


@dataclass(frozen=True)
class Hyperparameter:
    name: str
    kind: str
    arguments: tuple[Any, ...]

    @property
    def is_discrete(self) -> bool:
        return self.kind in ("choice", "randint")

    @property
    def values(self) -> tuple[Value, ...]:
        """All it can be, for a discrete one."""
        if self.kind == "choice":
            return tuple(self.arguments[0])
        if self.kind == "randint":
            return tuple(range(int(self.arguments[0])))
        raise TypeError(f"{self.name} is {self.kind}: it has no list of values")

    def at(self, unit: float) -> Value:
        """The value that lies at `unit` of the way through its distribution, 0 <= unit < 1."""
        if self.kind == "choice":
            return self.arguments[0][int(unit * len(self.arguments[0]))]
        if self.kind == "randint":
            return int(unit * self.arguments[0])
        return CONTINUOUS[self.kind](unit, *self.arguments)


def _between(unit: float, low: float, high: float) -> float:
    return low + unit * (high - low)


def _normal(unit: float, mean: float, deviation: float) -> float:
    safe = min(max(unit, SMALLEST_UNIT), 1 - SMALLEST_UNIT)
    return mean + deviation * NormalDist().inv_cdf(safe)


def in_steps(value: float, step: float) -> float | int:
    """The nearest multiple of `step`; a whole number stays one, so that `type=int` reads it."""
    count = round(value / step)
    if float(step).is_integer():
        return count * int(step)
    return round(count * step, 12)


CONTINUOUS: Mapping[str, Callable[..., Value]] = {
    "uniform": _between,
    "quniform": lambda unit, low, high, step: in_steps(_between(unit, low, high), step),
    "loguniform": lambda unit, low, high: math.exp(_between(unit, low, high)),
    "qloguniform": lambda unit, low, high, step: in_steps(math.exp(_between(unit, low, high)), step),
    "normal": _normal,
    "qnormal": lambda unit, mean, deviation, step: in_steps(_normal(unit, mean, deviation), step),
    "lognormal": lambda unit, mean, deviation: math.exp(_normal(unit, mean, deviation)),
    "qlognormal": lambda unit, mean, deviation, step: in_steps(
        math.exp(_normal(unit, mean, deviation)), step
    ),
}
ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "uniform": ("min_value", "max_value"),
    "quniform": ("min_value", "max_value", "q"),
    "loguniform": ("min_value", "max_value"),
    "qloguniform": ("min_value", "max_value", "q"),
    "normal": ("mu", "sigma"),
    "qnormal": ("mu", "sigma", "q"),
    "lognormal": ("mu", "sigma"),
    "qlognormal": ("mu", "sigma", "q"),
    "randint": ("upper",),
    "choice": ("values",),
}


def parse(search_space: Mapping[str, Any]) -> list[Hyperparameter]:
    """From a job's `searchSpace`: {"lr": ["uniform", [0.1, 1]]}; refuses what cannot be sampled."""
    if not isinstance(search_space, Mapping) or not search_space:
        raise user_error("A sweep job needs a search space with at least one hyperparameter; none came.")
    return [_parse_one(name, given) for name, given in search_space.items()]


def _parse_one(name: str, given: Any) -> Hyperparameter:
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) != 2:
        raise user_error(
            f"The hyperparameter '{name}' must be a distribution with its arguments, like "
            f'["uniform", [0.1, 1.0]]; {given!r} came.'
        )
    kind, arguments = str(given[0]).lower(), given[1]
    if kind not in ARGUMENTS:
        raise user_error(
            f"The hyperparameter '{name}' has the unknown distribution '{given[0]}'. "
            f"Known are {', '.join(sorted(ARGUMENTS))}."
        )
    if not isinstance(arguments, Sequence) or len(arguments) != len(ARGUMENTS[kind]):
        raise user_error(
            f"The hyperparameter '{name}': {kind} takes {', '.join(ARGUMENTS[kind])}; {arguments!r} came."
        )
    found = Hyperparameter(name, kind, tuple(arguments))
    _require_arguments(found)
    return found


def _require_arguments(one: Hyperparameter) -> None:
    if one.kind == "choice":
        if not isinstance(one.arguments[0], Sequence) or not one.arguments[0]:
            raise user_error(f"The hyperparameter '{one.name}': choice needs at least one value, none came.")
        return
    named = dict(zip(ARGUMENTS[one.kind], one.arguments, strict=True))
    for argument, value in named.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise user_error(f"The hyperparameter '{one.name}': {argument} must be a number, {value!r} came.")
    if "min_value" in named and named["min_value"] >= named["max_value"]:
        raise user_error(
            f"The hyperparameter '{one.name}': min_value ({named['min_value']}) must be below max_value "
            f"({named['max_value']})."
        )
    for argument in ("q", "sigma", "upper"):
        if argument in named and named[argument] <= 0:
            raise user_error(
                f"The hyperparameter '{one.name}': {argument} must be above 0, {named[argument]} came."
            )
