"""AutoML jobs that search: submitted and read with azure-ai-ml, models loaded with mlflow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mlflow
import numpy
import pandas
import pytest
from azure.ai.ml import Input, automl
from azure.core.exceptions import HttpResponseError

from ..conftest import Lab


@pytest.fixture
def training(tmp_path: Path) -> Input:
    """Inside a circle or not."""
    folder = tmp_path / "training"
    folder.mkdir()
    points = numpy.random.default_rng(0).uniform(-1, 1, (150, 2))
    table = pandas.DataFrame(points, columns=["x", "y"])
    table["inside"] = ((table.x**2 + table.y**2) < 0.5).astype(int)
    table.to_csv(folder / "points.csv", index=False)
    (folder / "MLTable").write_text(
        "paths: [{file: ./points.csv}]\ntransformations: [{read_delimited: {delimiter: ','}}]\n"
    )
    return Input(type="mltable", path=str(folder))


def classification(training: Input, trials: int = 3, **training_settings: Any) -> Any:
    job = automl.classification(
        compute="cpu-cluster",
        experiment_name="circles",
        training_data=training,
        target_column_name="inside",
        primary_metric="accuracy",
        n_cross_validations=2,
    )
    job.set_limits(timeout_minutes=15, trial_timeout_minutes=5, max_trials=trials)
    job.set_training(**training_settings)
    return job


def test_the_leaderboard_is_in_the_child_runs(own_lab: Lab, training: Input, tmp_path: Path) -> None:
    allowed = ["LogisticRegression", "RandomForest"]
    done = own_lab.finished(classification(training, allowed_training_algorithms=allowed))
    assert done.status == "Completed"
    best = done.properties["best_child_run_id"]

    workspace = own_lab.client.workspaces.get("ws")
    mlflow.set_tracking_uri(workspace.mlflow_tracking_uri)
    runs = mlflow.MlflowClient()
    children = [one.name for one in own_lab.client.jobs.list(parent_job_name=done.name)]
    trials = {name: runs.get_run(name) for name in children if name != f"{done.name}_search"}
    algorithms = {own_lab.client.jobs.get(name).properties["run_algorithm"] for name in trials}
    assert algorithms == {"LogisticRegression", "RandomForest", "VotingEnsemble"}
    scores = {name: run.data.metrics["accuracy"] for name, run in trials.items()}
    assert scores[best] == max(scores.values()) > 0.8
    assert runs.get_run(done.name).data.tags["automl_best_child_run_id"] == best

    model = mlflow.pyfunc.load_model(f"runs:/{best}/outputs/mlflow-model")
    assert list(model.predict(pandas.DataFrame({"x": [0.0, 0.99], "y": [0.0, 0.99]}))) == [1, 0]


def test_data_without_the_target_fails_the_job_in_words(own_lab: Lab, training: Input) -> None:
    job = classification(training, trials=1)
    job.target_column_name = "outside"
    done = own_lab.finished(job)
    assert done.status == "Failed"


def test_what_cannot_be_searched_is_refused_when_it_is_submitted(own_lab: Lab, training: Input) -> None:
    with pytest.raises(HttpResponseError, match="LightGBM is not in this kit"):
        own_lab.client.jobs.create_or_update(
            classification(training, allowed_training_algorithms=["LightGBM"])
        )


def test_an_address_that_is_no_input_is_refused(own_lab: Lab) -> None:
    with pytest.raises(HttpResponseError, match="trainingData of an AutoML job is an Input"):
        own_lab.client.jobs.create_or_update(classification("azureml://x"))  # type: ignore[arg-type]
