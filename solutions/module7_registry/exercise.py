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
    path = f"azureml://jobs/{job}/outputs/artifacts/paths/outputs/model/"
    wanted = Model(name=name, path=path, type=AssetTypes.CUSTOM_MODEL, tags={"source": "job"})
    return client.models.create_or_update(wanted)
    # END TODO


def register_file(client: MLClient, name: str, file: Path, accuracy: float, rows: int) -> Model:
    """The next version of `name`: a file on this machine, with what is known of it."""
    # TODO 7.1 Register the file.
    #   It is a custom model with the tag "source" that says "file". What is known of it are properties: "accuracy" and
    #   "rows". The registry keeps texts.
    wanted = Model(
        name=name,
        path=str(file),
        type=AssetTypes.CUSTOM_MODEL,
        tags={"source": "file"},
        properties={"accuracy": str(accuracy), "rows": str(rows)},
    )
    return client.models.create_or_update(wanted)
    # END TODO


def register_from_run(client: MLClient, name: str, run_id: str) -> Model:
    """The next version of `name`: the model that an MLflow run has logged as `model`."""
    # TODO 7.1 Register the run's model.
    #   It is an MLflow model, which can be served without a scoring script, with the tag "source" that says "mlflow".
    wanted = Model(
        name=name, path=f"runs:/{run_id}/model", type=AssetTypes.MLFLOW_MODEL, tags={"source": "mlflow"}
    )
    return client.models.create_or_update(wanted)
    # END TODO


def find_best(client: MLClient, name: str, tag: str, value: str, metric: str) -> str | None:
    """The version of `name` with this tag and the greatest `metric` among its properties; None when there is none."""
    # TODO 7.1 Search the versions.
    #   A version without the metric does not count, an archived one neither. Numbers are kept as texts.
    found = [
        (float(model.properties[metric]), model.version)
        for model in client.models.list(name=name)
        if model.tags.get(tag) == value and metric in model.properties
    ]
    return max(found)[1] if found else None
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
    champion = champion_of(client, name)
    if champion is not None and accuracy <= float(champion.properties["accuracy"]):
        return False
    wanted = Model(
        name=name,
        path=str(file),
        type=AssetTypes.CUSTOM_MODEL,
        tags={"role": "champion"},
        properties={"accuracy": str(accuracy)},
    )
    client.models.create_or_update(wanted)
    if champion is not None:
        champion.tags["role"] = "former"
        client.models.create_or_update(champion)
    return True
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
    job = automl.classification(
        training_data=Input(type=AssetTypes.MLTABLE, path=data),
        target_column_name="Diabetic",
        primary_metric="AUC_weighted",
        n_cross_validations=3,
        compute=compute,
        experiment_name=experiment,
    )
    job.set_limits(max_trials=3, max_concurrent_trials=1, trial_timeout_minutes=5, timeout_minutes=15)
    job.set_training(blocked_training_algorithms=blocked, enable_vote_ensemble=False)
    return job
    # END TODO


def leaderboard(client: MLClient, job: str, metric: str) -> list[Trial]:
    """The finished trials of an AutoML job, the best first."""
    # TODO 7.3 Read the child runs.
    #   The algorithm is the property "run_algorithm" of a child job; a child without it is no trial. The score is the
    #   metric of that name in the child's MLflow run, and a greater one is better. A trial without it failed: leave it
    #   out.
    mlflow.set_tracking_uri(client.workspaces.get(client.workspace_name).mlflow_tracking_uri)
    runs = mlflow.MlflowClient()
    trials = []
    for child in client.jobs.list(parent_job_name=job):
        algorithm = (child.properties or {}).get("run_algorithm")
        score = runs.get_run(child.name).data.metrics.get(metric)
        if algorithm and score is not None:
            trials.append(Trial(child.name, algorithm, score))
    return sorted(trials, key=lambda trial: trial.score, reverse=True)
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
    features = table.drop(columns=label)
    truth = table[label].to_numpy()
    random = np.random.default_rng(seed)
    whole = float(np.mean(model.predict(features) == truth))
    falls = {}
    for column in features.columns:
        shuffled = features.copy()
        scores = []
        for _ in range(repeats):
            shuffled[column] = random.permutation(features[column].to_numpy())
            scores.append(float(np.mean(model.predict(shuffled) == truth)))
        falls[column] = whole - float(np.mean(scores))
    return dict(sorted(falls.items(), key=lambda item: item[1], reverse=True))
    # END TODO


def importances_above(
    model: Any, table: pd.DataFrame, label: str, column: str, limit: float
) -> dict[str, float]:
    """The importances for those whose `column` is greater than `limit`; ValueError when there is nobody."""
    # TODO 7.4 Look at the cohort alone.
    #   Values are to be shuffled among its members only: what others have is not theirs.
    cohort = table[table[column] > limit]
    if cohort.empty:
        raise ValueError(f"Nobody has a {column} above {limit}.")
    return importances(model, cohort, label)
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
    older = table["Age"] > 50
    told: dict[str, Any] = {"older": _group(table[older]), "younger": _group(table[~older])}
    for gap, rate in (("selection_gap", "selection_rate"), ("recall_gap", "recall")):
        one, other = told["older"][rate], told["younger"][rate]
        told[gap] = None if one is None or other is None else abs(one - other)
    return told
    # END TODO


def _group(patients: pd.DataFrame) -> dict[str, Any]:
    """What `fairness` tells of one group."""
    # TODO 7.5 Count within the group.
    ill = patients[patients["Diabetic"] == 1]
    return {
        "patients": len(patients),
        "selection_rate": float((patients["Predicted"] == 1).mean()) if len(patients) else None,
        "recall": float((ill["Predicted"] == 1).mean()) if len(ill) else None,
    }
    # END TODO
