"""A sweep as it was submitted: what is refused, and what it will try."""

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.engine.sweep.plan import SweepPlan, read
from course_runtime.emulator.engine.sweep.sampling import Trial
from course_runtime.emulator.kernel.errors import AzureError

BODY: dict[str, Any] = {
    "searchSpace": {"n": ["choice", [[10, 100]]], "lr": ["choice", [[0.01, 0.1, 1.0]]]},
    "samplingAlgorithm": {"samplingAlgorithmType": "Grid"},
    "objective": {"goal": "Maximize", "primaryMetric": "AUC"},
    "limits": {"maxTotalTrials": 20, "maxConcurrentTrials": 2},
}


def tried(plan: SweepPlan) -> list[dict[str, Any]]:
    trials: list[Trial] = []
    while (point := plan.next_point(trials)) is not None:
        trials.append(Trial(point, 0.5))
    return [trial.point for trial in trials]


def test_a_small_grid_ends_before_the_limit() -> None:
    plan = read(BODY)
    assert plan.trials == len(tried(plan)) == 6


def test_no_more_run_at_once_than_there_are() -> None:
    assert read(BODY | {"limits": {"maxTotalTrials": 2, "maxConcurrentTrials": 10}}).at_once == 2


def test_the_limit_cuts_a_grid_short() -> None:
    plan = read(BODY | {"limits": {"maxTotalTrials": 4, "maxConcurrentTrials": 4}})
    assert len(tried(plan)) == 4


@pytest.mark.parametrize(
    "algorithm",
    [
        {"samplingAlgorithmType": "Random", "seed": 3},
        {"samplingAlgorithmType": "Random", "rule": "sobol", "seed": 3},
    ],
)
def test_a_seeded_sweep_tries_the_same_points_again(algorithm: dict[str, Any]) -> None:
    body = BODY | {
        "searchSpace": {"lr": ["uniform", [0, 1]]},
        "samplingAlgorithm": algorithm,
        "limits": {"maxTotalTrials": 5, "maxConcurrentTrials": 2},
    }
    assert tried(read(body)) == tried(read(body))
    assert len(tried(read(body))) == 5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"searchSpace": {"lr": ["uniform", [0, 1]]}}, "Grid sampling tries every combination"),
        (
            {
                "samplingAlgorithm": {"samplingAlgorithmType": "Bayesian"},
                "earlyTermination": {"policyType": "MedianStopping"},
            },
            "Bayesian sampling does not support early termination",
        ),
        (
            {
                "samplingAlgorithm": {"samplingAlgorithmType": "Bayesian"},
                "searchSpace": {"lr": ["loguniform", [-3, 0]]},
            },
            "choice, uniform and quniform only; 'lr' (loguniform) came",
        ),
        (
            {"samplingAlgorithm": {"samplingAlgorithmType": "Annealing"}},
            "'Annealing' is not a sampling algorithm",
        ),
        ({"objective": {"goal": "Maximize"}}, "needs a primary metric"),
        ({"objective": {"goal": "up", "primaryMetric": "AUC"}}, "'Maximize' or 'Minimize'"),
        ({"limits": {"maxTotalTrials": 2000}}, "from 1 to 1000, 2000 came"),
    ],
)
def test_what_azure_refuses_is_refused_when_submitted(change: dict[str, Any], said: str) -> None:
    with pytest.raises(AzureError) as refused:
        read(BODY | change)
    assert said in refused.value.message
