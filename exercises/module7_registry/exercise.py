# %% [markdown]
# # Module 7: Registry, AutoML and explanation
#
# A model that nobody can find again is lost, and one that nobody can explain should not be used. In this module you
# register models so that they tell where they came from, replace the best one only by a better one, let AutoML search,
# and ask a model what it looks at and whom it fails. Read `README.md` beside this file first; then fill in the TODOs
# from top to bottom and run `workshop check module7` as often as you like.

# %%
from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import mlflow
import numpy as np
import pandas as pd
from azure.ai.ml import Input, MLClient, automl
from azure.ai.ml.constants import AssetTypes
from azure.ai.ml.entities import Model
from azure.core.exceptions import ResourceNotFoundError

# %% [markdown]
# ## 7.1 Three ways into the registry
#
# A model may come from a job, from your disk, or from an MLflow run. Its version tells which, and what is known of it:
# *tags* are for searching and may change, *properties* are facts and stay.


# %%
def register_from_job(client: MLClient, name: str, job: str) -> Model:
    """The next version of `name`: the folder `outputs/model` that the job has left."""
    # TODO 7.1 Register what the job has left, where it is.
    #   Nothing is to be downloaded: give the job's own address, so that the registry knows where the model came from.
    #   It is a custom model, with the tag "source" that says "job".
    raise NotImplementedError("TODO 7.1: Register what the job has left, where it is.")
    # END TODO


def register_file(client: MLClient, name: str, file: Path, accuracy: float, rows: int) -> Model:
    """The next version of `name`: a file on this machine, with what is known of it."""
    # TODO 7.1 Register the file.
    #   It is a custom model with the tag "source" that says "file". What is known of it are properties: "accuracy" and
    #   "rows". The registry keeps texts.
    raise NotImplementedError("TODO 7.1: Register the file.")
    # END TODO


def register_from_run(client: MLClient, name: str, run_id: str) -> Model:
    """The next version of `name`: the model that an MLflow run has logged as `model`."""
    # TODO 7.1 Register the run's model.
    #   It is an MLflow model, which can be served without a scoring script, with the tag "source" that says "mlflow".
    raise NotImplementedError("TODO 7.1: Register the run's model.")
    # END TODO


def find_best(client: MLClient, name: str, tag: str, value: str, metric: str) -> str | None:
    """The version of `name` with this tag and the greatest `metric` among its properties; None when there is none."""
    # TODO 7.1 Search the versions.
    #   A version without the metric does not count, an archived one neither. Numbers are kept as texts.
    raise NotImplementedError("TODO 7.1: Search the versions.")
    # END TODO


# %% [markdown]
# ## 7.2 Champion and challenger
#
# The *champion* is the version that is in use. A freshly trained *challenger* takes its place when it is better, and
# only then: whoever retrains every night must not end with the model of the unluckiest night.


# %%
def champion_of(client: MLClient, name: str) -> Model | None:
    """The version with the tag role=champion, None when there is none."""
    try:
        versions = list(client.models.list(name=name))
    except ResourceNotFoundError:
        return None
    return next((model for model in versions if model.tags.get("role") == "champion"), None)


def challenge(client: MLClient, name: str, file: Path, accuracy: float) -> bool:
    """Register the challenger in `file` as the new champion when it is better; whether it was."""
    # TODO 7.2 Compare, and register only what is better.
    #   The champion's accuracy is its property "accuracy". As good is not better, and without a champion any challenger
    #   is. The new version is a custom model with the property "accuracy" and the tag role=champion; the one before it
    #   then has role=former, and keeps its other tags. A challenger that is not better changes nothing.
    raise NotImplementedError("TODO 7.2: Compare, and register only what is better.")
    # END TODO


# %% [markdown]
# ## 7.3 AutoML
#
# AutoML tries algorithms and settings, scores each by cross-validation, and leaves a child run for each trial. What it
# may try, how often and how long is your decision; so is which of its answers you take.


# %%
class Trial(NamedTuple):
    job: str
    algorithm: str
    score: float


def search_job(data: str, compute: str, experiment: str, blocked: list[str]) -> Any:
    """An AutoML job that looks for a classifier of the column Diabetic, in the MLTable at the address `data`."""
    # TODO 7.3 Describe the search; do not submit it.
    #   It is judged by AUC_weighted in a cross-validation with 3 folds. At most 3 trials, one at a time, 5 minutes each
    #   and 15 in all. The algorithms in `blocked` are not tried, and no ensemble is made of the others.
    raise NotImplementedError("TODO 7.3: Describe the search; do not submit it.")
    # END TODO


def leaderboard(client: MLClient, job: str, metric: str) -> list[Trial]:
    """The finished trials of an AutoML job, the best first."""
    # TODO 7.3 Read the child runs.
    #   The algorithm is the property "run_algorithm" of a child job; a child without it is no trial. The score is the
    #   metric of that name in the child's MLflow run, and a greater one is better. A trial without it failed: leave it
    #   out.
    raise NotImplementedError("TODO 7.3: Read the child runs.")
    # END TODO


# %% [markdown]
# ## 7.4 What does the model look at?
#
# Shuffle one column, and see how much worse the model becomes: what it does not look at makes no difference. This works
# for every model, because it needs nothing but predictions.


# %%
def importances(
    model: Any, table: pd.DataFrame, label: str, repeats: int = 10, seed: int = 0
) -> dict[str, float]:
    """By how much the accuracy falls when a feature is shuffled, for each feature, the most important one first."""
    # TODO 7.4 Shuffle one feature at a time.
    #   All columns but `label` are features. The fall is the mean of `repeats` shuffles. The same seed gives the same
    #   answer, and `table` is afterwards what it was.
    raise NotImplementedError("TODO 7.4: Shuffle one feature at a time.")
    # END TODO


def importances_above(
    model: Any, table: pd.DataFrame, label: str, column: str, limit: float
) -> dict[str, float]:
    """The importances for those whose `column` is greater than `limit`; ValueError when there is nobody."""
    # TODO 7.4 Look at the cohort alone.
    #   Values are to be shuffled among its members only: what others have is not theirs.
    raise NotImplementedError("TODO 7.4: Look at the cohort alone.")
    # END TODO


# %% [markdown]
# ## 7.5 Whom does the model fail?
#
# A good accuracy may hide that the errors fall on some. Two questions to ask of each group: how often does the model
# say yes (*selection rate*), and of those who are ill, how many does it find (*recall*)?


# %%
def fairness(table: pd.DataFrame) -> dict[str, Any]:
    """How the model treats patients above 50 and the others; `table` has the columns Age, Diabetic and Predicted."""
    # TODO 7.5 Compare the two groups.
    #   The keys: "older" (Age above 50) and "younger", each with "patients", "selection_rate" and "recall"; and
    #   "selection_gap" and "recall_gap", the distance between the two groups, never negative. What cannot be said,
    #   because there is nobody to say it of, is None.
    raise NotImplementedError("TODO 7.5: Compare the two groups.")
    # END TODO


def _group(patients: pd.DataFrame) -> dict[str, Any]:
    """What `fairness` tells of one group."""
    # TODO 7.5 Count within the group.
    raise NotImplementedError("TODO 7.5: Count within the group.")
    # END TODO
