# %% [markdown]
# # Module 6: Tuning
#
# A network has knobs that training does not turn: how many units, how hard large weights are punished, how fast it
# learns. A *sweep* turns them for you: the same job many times, each with another setting. Read `README.md` beside
# this file first.

# %%
from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from statistics import fmean, median
from typing import Any

import mlflow
from azure.ai.ml import MLClient, command
from azure.ai.ml.entities import Command, Sweep
from azure.ai.ml.sweep import (
    BanditPolicy,
    BayesianSamplingAlgorithm,
    Choice,
    LogUniform,
    MedianStoppingPolicy,
    QUniform,
    RandomSamplingAlgorithm,
    TruncationSelectionPolicy,
    Uniform,
)

Policy = BanditPolicy | MedianStoppingPolicy | TruncationSelectionPolicy
Traces = Mapping[str, Sequence[float]]

# %% [markdown]
# ## 6.1 A grid, every point of it
#
# `train.py` beside this file takes three flags. These are the values worth trying:
#
# | flag | values |
# |---|---|
# | `--units` | 256, 512 |
# | `--l1` | 0.001, 0.01, 0.05 |
# | `--l2` | 0.001, 0.01, 0.05 |
#
# The notebook that this comes from stopped after twelve trials and said "all of them" in the text above.


# %%
def grid_sweep(code: str, compute: str, environment: str) -> Sweep:
    """The sweep that runs train.py of the folder `code` once for each point of the grid."""
    # TODO 6.1 Describe one trial, what to try, and how far to go.
    #   Every point runs once, at most four at the same time, and none is ended early. The script logs training_acc
    #   and validation_acc; the second decides, and more of it is better.
    raise NotImplementedError("TODO 6.1: Describe one trial, what to try, and how far to go.")
    # END TODO


# %% [markdown]
# ## 6.2 Random and Bayesian
#
# A grid grows with every knob. Random sampling tries as many points as you can pay for, and Bayesian sampling learns
# from the trials that have ended where to look next. Each can do things that the others cannot.


# %%
def random_sweep(job: Command, trials: int, seed: int) -> Sweep:
    """`trials` random points; the same ones whenever the seed is the same."""
    # TODO 6.2 Sample at random what `job` takes as inputs.
    #   learning_rate: from 0.0001 to 0.1, each power of ten as likely as the next. units: 64, 96, 128 and so on up to
    #   512. activation: relu or tanh. The trials log validation_loss, and less of it is better.
    raise NotImplementedError("TODO 6.2: Sample at random what `job` takes as inputs.")
    # END TODO


def bayesian_sweep(job: Command) -> Sweep:
    """The same questions, as far as Bayesian sampling can ask them."""
    # TODO 6.2 Let Bayesian sampling choose, with as many trials as the documentation advises.
    #   `job` takes log_rate here, the logarithm to base ten: from -4 to -1, evenly. units and activation as before.
    #   At most two trials at the same time: it learns only from those that have ended.
    raise NotImplementedError("TODO 6.2: Let Bayesian sampling choose, with as many trials as the documentation advises.")
    # END TODO


def fits(sampling: str, kinds: Collection[str], ends_early: bool) -> bool:
    """Whether Azure ML takes such a sweep.

    `sampling` is grid, random or bayesian; `kinds` are those in the space, in lower case ("choice", "qloguniform");
    `ends_early` says whether there is an early termination policy.
    """
    # TODO 6.2 Say what each way of sampling can do.
    raise NotImplementedError("TODO 6.2: Say what each way of sampling can do.")
    # END TODO


# %% [markdown]
# ## 6.3 Ending a trial early
#
# Most trials show early that they will not win. A policy ends them. What you write here is what the service does: a
# trial reports its metric again and again, and after a report the policy compares it with the others.


# %%
def make_policy(name: str) -> Policy:
    """One of the three policies that the team has agreed on."""
    # TODO 6.3 Make the policy of that name.
    #   careful: ends what is worse than the median of the running averages; looks from the 5th report on, at each one.
    #   firm: ends what is more than a tenth behind the leader, as a ratio; looks at every 2nd report, from the 4th on.
    #   hard: ends the worst 30 percent; looks at every 3rd report from the first one that it can.
    raise NotImplementedError("TODO 6.3: Make the policy of that name.")
    # END TODO


def is_due(policy: Policy, report: int) -> bool:
    """Whether the policy looks after this report; the first report is number 1."""
    # TODO 6.3 Apply delay_evaluation and evaluation_interval.
    #   An interval of 0, the default of the SDK, means every report.
    raise NotImplementedError("TODO 6.3: Apply delay_evaluation and evaluation_interval.")
    # END TODO


def bandit_ends(policy: BanditPolicy, traces: Traces, maximize: bool) -> set[str]:
    """The trials that are too far behind. Each trace is what one has reported so far, all of the same length."""
    # TODO 6.3 Compare each trial's best with the leader's, less the slack.
    #   Either slack_factor is set, a ratio, or slack_amount, a difference; the other is 0. A trial that stands exactly
    #   at the limit goes on. The metrics are above 0.
    raise NotImplementedError("TODO 6.3: Compare each trial's best with the leader's, less the slack.")
    # END TODO


def median_ends(traces: Traces, maximize: bool) -> set[str]:
    """The trials whose best is worse than the median of all trials' averages so far."""
    # TODO 6.3 Compare each trial's best with that median.
    raise NotImplementedError("TODO 6.3: Compare each trial's best with that median.")
    # END TODO


def truncation_ends(policy: TruncationSelectionPolicy, traces: Traces, maximize: bool) -> set[str]:
    """The worst so many percent, by what each trial reported last."""
    # TODO 6.3 Choose the trials to end: as many as the percentage gives, rounded down.
    raise NotImplementedError("TODO 6.3: Choose the trials to end: as many as the percentage gives, rounded down.")
    # END TODO


def replay(policy: Policy, traces: Traces, maximize: bool) -> dict[str, int]:
    """Which trials the policy would have ended, and after which report. All report in step."""
    ended: dict[str, int] = {}
    for report in range(1, max(len(trace) for trace in traces.values()) + 1):
        running = {
            name: trace[:report]
            for name, trace in traces.items()
            if name not in ended and len(trace) >= report
        }
        if not running or not is_due(policy, report):
            continue
        if isinstance(policy, BanditPolicy):
            now = bandit_ends(policy, running, maximize)
        elif isinstance(policy, MedianStoppingPolicy):
            now = median_ends(running, maximize)
        else:
            now = truncation_ends(policy, running, maximize)
        ended |= dict.fromkeys(now, report)
    return ended


# %% [markdown]
# ## 6.4 The best trial, by the metric that matters
#
# The sweep names a best trial: the best by its *primary* metric. Ask another question, and another trial may win. Of
# six models of the diabetes data, one has the best accuracy and another the best AUC.


# %%
def best_trial(client: MLClient, sweep: str, metric: str, maximize: bool) -> dict[str, Any]:
    """The best of the sweep's trials by `metric`: its name, its value, and its hyperparameters by name."""
    # TODO 6.4 Compare the trials by the last value of the metric that each has logged.
    #   Only trials that have completed count. Return {"name": ..., "value": ..., "hyperparameters": {...}}, numbers as
    #   numbers. When no completed trial has logged the metric, raise a ValueError that names it and those there are.
    raise NotImplementedError("TODO 6.4: Compare the trials by the last value of the metric that each has logged.")
    # END TODO
