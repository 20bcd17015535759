"""Helpers that run beside the student's code. They hold no secret: whatever they answer is theirs to forge."""

import os
from functools import cache
from pathlib import Path

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin


@cache
def client(group, workspace):
    """Made once: each new credential asks for a token of its own."""
    from azure.ai.ml import MLClient
    from azure.identity import DefaultAzureCredential

    return MLClient(DefaultAzureCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], group, workspace)


def path(name):
    return Path(name)


def log_model(group, workspace):
    """A run with a small MLflow model; its id."""
    import mlflow
    from sklearn.linear_model import LogisticRegression

    mlflow.set_tracking_uri(client(group, workspace).workspaces.get(workspace).mlflow_tracking_uri)
    mlflow.set_experiment("models")
    model = LogisticRegression().fit(np.array([[0.0], [1.0]]), [0, 1])
    with mlflow.start_run() as run:
        mlflow.sklearn.log_model(
            model, name="model", pip_requirements=["scikit-learn"], skops_trusted_types=["numpy.dtype"]
        )
    return run.info.run_id


def describe(model):
    """What a function returned for a model, in words; nothing when it is no model."""
    from azure.ai.ml.entities import Model

    return f"{model.name}:{model.version}" if isinstance(model, Model) else ""


class Rule(ClassifierMixin, BaseEstimator):
    """A model that was never trained; all that explains scikit-learn's models may be used on it."""

    classes_ = np.array([0, 1])

    def fit(self, table, labels):
        return self


class Planted(Rule):
    """Says 1 where a column is above its limit; for those above a gate another column decides."""

    def __init__(self, column, limit, gate=None, above=0.0, other=None, other_limit=0.0):
        self.column, self.limit = column, limit
        self.gate, self.above, self.other, self.other_limit = gate, above, other, other_limit

    def predict(self, table):
        said = (table[self.column] > self.limit).to_numpy()
        if self.gate is not None:
            gated = (table[self.gate] > self.above).to_numpy()
            said = np.where(gated, (table[self.other] > self.other_limit).to_numpy(), said)
        return said.astype("int64")


def planted(*arguments):
    return Planted(*arguments)


class Blend(Rule):
    """Says 1 where a weighted sum of the columns is above the limit."""

    def __init__(self, weights, limit):
        self.weights, self.limit = weights, limit

    def predict(self, table):
        total = sum(weight * table[column] for column, weight in self.weights.items())
        return (total > self.limit).to_numpy().astype("int64")


def blend(weights, limit):
    return Blend(weights, limit)


def importances_twice(model, table, label, repeats):
    """Two answers of one seed and one of another, as items in their order, and whether the table is untouched."""
    import exercise

    before = table.copy(deep=True)
    first = exercise.importances(model, table, label, repeats=repeats, seed=3)
    second = exercise.importances(model, table, label, repeats=repeats, seed=3)
    other = exercise.importances(model, table, label, repeats=repeats, seed=4)
    return {
        "first": _items(first),
        "second": _items(second),
        "other": _items(other),
        "untouched": bool(before.equals(table)),
    }


def importances(model, table, label):
    import exercise

    return _items(exercise.importances(model, table, label))


def importances_above(model, table, label, column, limit):
    import exercise

    return _items(exercise.importances_above(model, table, label, column, limit))


def _items(found):
    """What a dictionary holds, in its order; nothing when it is none."""
    return [[str(name), float(fall)] for name, fall in found.items()] if isinstance(found, dict) else None


def search_job(client, *arguments):
    """The job's name, after it was submitted; nothing when there is no job."""
    import exercise

    job = exercise.search_job(*arguments)
    return None if job is None else client.jobs.create_or_update(job).name


def leaderboard(client, job, metric):
    import exercise

    return [
        [str(one.job), str(one.algorithm), float(one.score)]
        for one in exercise.leaderboard(client, job, metric)
    ]


def leaderboard_in_play(trials, job, metric):
    """The leaderboard of a search that left these children: its client and its runs are not Azure's."""
    from types import SimpleNamespace
    from unittest import mock

    import exercise

    children = {
        one["name"]: SimpleNamespace(
            name=one["name"], properties={"run_algorithm": one["algorithm"]} if one["algorithm"] else {}
        )
        for one in trials
    }
    metrics = {one["name"]: one["metrics"] for one in trials}

    def listing(**asked):
        return iter(children.values() if asked.get("parent_job_name") == job else [])

    def run(name):
        return SimpleNamespace(data=SimpleNamespace(metrics=metrics[name], params={}, tags={}))

    client = SimpleNamespace(
        workspace_name="ws",
        workspaces=SimpleNamespace(get=lambda name: SimpleNamespace(mlflow_tracking_uri="file:nowhere")),
        jobs=SimpleNamespace(list=listing, get=children.__getitem__),
    )
    runs = SimpleNamespace(get_run=run)
    with (
        mock.patch("mlflow.MlflowClient", lambda *_, **__: runs),
        mock.patch("mlflow.get_run", run),
        mock.patch("mlflow.set_tracking_uri"),
    ):
        found = exercise.leaderboard(client, job, metric)
    return [[str(one.job), str(one.algorithm), float(one.score)] for one in found]
