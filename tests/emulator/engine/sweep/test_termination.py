"""Early termination, replayed on traces with a known answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.engine.sweep.termination import Goal, Policy, parse, reason_to_stop
from course_runtime.emulator.kernel.errors import AzureError

UP, DOWN = Goal(maximize=True), Goal(maximize=False)
FLOATS = st.floats(-100, 100)
TRACES = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(FLOATS, min_size=4, max_size=4), min_size=2, max_size=6
)


def bandit(**fields: Any) -> Policy:
    return parse({"policyType": "Bandit", "evaluationInterval": 1, **fields})


def stops(policy: Policy, goal: Goal, trial: str, reports: dict[str, list[float]], **more: Any) -> bool:
    return reason_to_stop(policy, goal, trial, reports, **more) is not None


def test_slack_factor_when_maximising() -> None:
    """The best trial has 0.8: with a slack of 0.2 the limit is 0.8 / 1.2 = 0.667."""
    policy = bandit(slackFactor=0.2)
    assert stops(policy, UP, "b", {"a": [0.8], "b": [0.66]})
    assert not stops(policy, UP, "b", {"a": [0.8], "b": [0.67]})


def test_slack_factor_when_minimising() -> None:
    policy = bandit(slackFactor=0.2)
    assert stops(policy, DOWN, "b", {"a": [0.5], "b": [0.61]})
    assert not stops(policy, DOWN, "b", {"a": [0.5], "b": [0.59]})


def test_slack_amount() -> None:
    policy = bandit(slackAmount=0.2)
    assert stops(policy, UP, "b", {"a": [0.8], "b": [0.59]})
    assert not stops(policy, UP, "b", {"a": [0.8], "b": [0.61]})


def test_a_bandit_compares_the_best_so_far_not_the_last() -> None:
    assert not stops(bandit(slackAmount=0.1), UP, "b", {"a": [0.8, 0.8], "b": [0.79, 0.1]})


def test_trials_are_compared_at_the_same_interval() -> None:
    """`a` got better later; at interval 1 it was no better than `b` is now."""
    assert not stops(bandit(slackAmount=0.1), UP, "b", {"a": [0.2, 0.9], "b": [0.2]})


def test_interval_and_delay_count_reports() -> None:
    policy = bandit(slackAmount=0.1, evaluationInterval=2, delayEvaluation=4)
    leader = [0.9] * 8
    died_at = [n for n in range(1, 9) if stops(policy, UP, "b", {"a": leader, "b": [0.1] * n})]
    assert died_at == [4, 6, 8]


def test_median_stopping_compares_the_best_with_the_median_of_running_averages() -> None:
    policy = parse({"policyType": "MedianStopping", "evaluationInterval": 1})
    reports = {"a": [0.6, 0.8], "b": [0.5, 0.5], "c": [0.2, 0.4]}  # averages 0.7, 0.5, 0.3: the median is 0.5
    assert stops(policy, UP, "c", reports)
    assert not stops(policy, UP, "b", reports)
    assert not stops(policy, UP, "a", reports)


def test_truncation_cancels_the_lowest_part() -> None:
    policy = parse({"policyType": "TruncationSelection", "truncationPercentage": 40, "evaluationInterval": 1})
    reports = {name: [value] for name, value in zip("abcde", (0.9, 0.8, 0.7, 0.6, 0.5), strict=True)}
    assert [name for name in reports if stops(policy, UP, name, reports)] == ["d", "e"]
    assert [name for name in reports if stops(policy, DOWN, name, reports)] == ["a", "b"]


def test_truncation_may_leave_out_finished_trials() -> None:
    body = {"policyType": "TruncationSelection", "truncationPercentage": 50, "excludeFinishedJobs": True}
    reports = {"a": [0.9], "b": [0.2], "c": [0.5]}
    assert stops(parse({**body, "excludeFinishedJobs": False}), UP, "b", reports, finished={"a"})
    assert stops(parse(body), UP, "b", reports, finished={"a"})
    assert not stops(parse(body), UP, "b", reports, finished={"a", "c"})


@given(TRACES, st.booleans(), st.floats(0.01, 5))
def test_the_leader_never_ends(reports: dict[str, list[float]], maximize: bool, slack: float) -> None:
    goal = Goal(maximize)
    leader = goal.best([goal.best(values) for values in reports.values()])
    trial = next(name for name, values in reports.items() if goal.best(values) == leader)
    for policy in (bandit(slackFactor=slack), bandit(slackAmount=slack), Policy(kind="median")):
        assert not stops(policy, goal, trial, reports)


@given(TRACES, st.booleans(), st.integers(1, 99))
def test_truncation_never_cancels_more_than_its_part(
    reports: dict[str, list[float]], maximize: bool, percentage: int
) -> None:
    policy = Policy(kind="truncation", percentage=percentage)
    cancelled = [name for name in reports if stops(policy, Goal(maximize), name, reports)]
    ties = len(reports) - len({values[-1] for values in reports.values()})
    assert len(cancelled) <= len(reports) * percentage / 100 + ties


@pytest.mark.parametrize("kind", ["never", "bandit", "median", "truncation"])
def test_a_trial_alone_goes_on(kind: str) -> None:
    policy = Policy(kind=kind, slack_factor=0.1, percentage=50)
    assert not stops(policy, UP, "a", {"a": [0.1]})


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({"policyType": "Patience"}, "'Patience' is not an early termination policy"),
        ({"policyType": "Bandit"}, "needs either slack_factor or slack_amount"),
        ({"policyType": "Bandit", "slackFactor": 0.1, "slackAmount": 1}, "one of the two"),
        ({"policyType": "TruncationSelection", "truncationPercentage": 100}, "from 1 to 99, 100 came"),
        ({"policyType": "MedianStopping", "delayEvaluation": -1}, "whole number of 0 or more, -1 came"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(body: dict[str, Any], said: str) -> None:
    with pytest.raises(AzureError) as refused:
        parse(body)
    assert said in refused.value.message
