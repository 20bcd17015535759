"""Early termination: whether a trial that has just reported its metric should end now.

Intervals count reports of the primary metric. A policy looks at a trial's report number N when N is a multiple of
`evaluationInterval` and not below `delayEvaluation`, and compares it with the other trials at their report N.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from course_runtime.emulator.kernel.errors import user_error

Reports = Mapping[str, Sequence[float]]
"""Per trial, what it has reported, in order."""


@dataclass(frozen=True)
class Goal:
    maximize: bool

    def best(self, values: Collection[float]) -> float:
        return max(values) if self.maximize else min(values)

    def is_worse(self, value: float, than: float) -> bool:
        return value < than if self.maximize else value > than


@dataclass(frozen=True)
class Policy:
    """`never` cancels nothing; the others as Azure documents them."""

    kind: str = "never"
    interval: int = 1
    delay: int = 0
    slack_factor: float = 0.0
    slack_amount: float = 0.0
    percentage: int = 0
    exclude_finished: bool = False

    def is_due(self, reports: int) -> bool:
        return self.kind != "never" and reports >= max(self.delay, 1) and reports % self.interval == 0


KINDS = {"bandit": "bandit", "medianstopping": "median", "truncationselection": "truncation"}


def parse(body: Mapping[str, Any] | None) -> Policy:
    """From a sweep's `earlyTermination`; refuses what Azure refuses."""
    if not body:
        return Policy()
    given = str(body.get("policyType"))
    kind = KINDS.get(given.lower())
    if kind is None:
        raise user_error(
            f"'{given}' is not an early termination policy: Bandit, MedianStopping or TruncationSelection was expected."
        )
    policy = Policy(
        kind=kind,
        interval=_whole(body, "evaluationInterval") or 1,
        delay=_whole(body, "delayEvaluation"),
        slack_factor=_amount(body, "slackFactor"),
        slack_amount=_amount(body, "slackAmount"),
        percentage=_whole(body, "truncationPercentage"),
        exclude_finished=bool(body.get("excludeFinishedJobs")),
    )
    if kind == "bandit" and bool(policy.slack_factor) == bool(policy.slack_amount):
        raise user_error(
            "A Bandit policy needs either slack_factor or slack_amount, one of the two and above 0; slack_factor is "
            f"{policy.slack_factor} and slack_amount is {policy.slack_amount}."
        )
    if kind == "truncation" and not 1 <= policy.percentage <= 99:
        raise user_error(
            f"truncation_percentage must be a whole number from 1 to 99, {body.get('truncationPercentage')} came."
        )
    return policy


def _whole(body: Mapping[str, Any], name: str) -> int:
    value = body.get(name) or 0
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise user_error(
            f"The early termination policy's {name} must be a whole number of 0 or more, {value!r} came."
        )
    return value


def _amount(body: Mapping[str, Any], name: str) -> float:
    value = body.get(name) or 0.0
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise user_error(
            f"The early termination policy's {name} must be a number of 0 or more, {value!r} came."
        )
    return float(value)


def reason_to_stop(
    policy: Policy, goal: Goal, trial: str, reports: Reports, finished: Collection[str] = ()
) -> str | None:
    """Why the trial should end after its last report, in words; None when it may go on."""
    own = reports[trial]
    count = len(own)
    if not policy.is_due(count):
        return None
    comparable = {name: values[:count] for name, values in reports.items() if len(values) >= count}
    if policy.kind == "bandit":
        return _bandit(policy, goal, own, comparable)
    if policy.kind == "median":
        return _median(goal, own, comparable)
    if policy.exclude_finished:
        comparable = {
            name: values for name, values in comparable.items() if name == trial or name not in finished
        }
    return _truncation(policy, goal, trial, comparable)


def _bandit(policy: Policy, goal: Goal, own: Sequence[float], comparable: Reports) -> str | None:
    leader = goal.best([goal.best(values) for values in comparable.values()])
    limit = _bandit_limit(policy, goal, leader)
    best = goal.best(own)
    if not goal.is_worse(best, limit):
        return None
    return (
        f"its best metric {best:g} at interval {len(own)} is outside the slack: the best trial has {leader:g}, "
        f"the limit is {limit:g}"
    )


def _bandit_limit(policy: Policy, goal: Goal, leader: float) -> float:
    if policy.slack_amount:
        return leader - policy.slack_amount if goal.maximize else leader + policy.slack_amount
    # A ratio moves a negative number the wrong way; slack must never end the leader itself.
    factor = 1 + policy.slack_factor
    return leader / factor if goal.maximize == (leader >= 0) else leader * factor


def _median(goal: Goal, own: Sequence[float], comparable: Reports) -> str | None:
    median = statistics.median(statistics.fmean(values) for values in comparable.values())
    best = goal.best(own)
    if not goal.is_worse(best, median):
        return None
    return (
        f"its best metric {best:g} at interval {len(own)} is worse than {median:g}, the median of the trials' "
        "running averages"
    )


def _truncation(policy: Policy, goal: Goal, trial: str, comparable: Reports) -> str | None:
    to_cancel = math.floor(len(comparable) * policy.percentage / 100)
    order = sorted(
        comparable, key=lambda name: (comparable[name][-1] * (1 if goal.maximize else -1), name == trial)
    )
    if trial not in order[:to_cancel]:
        return None
    return (
        f"its metric {comparable[trial][-1]:g} at interval {len(comparable[trial])} is among the lowest "
        f"{policy.percentage} % of {len(comparable)} trials"
    )
