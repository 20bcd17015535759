"""The grader's view of runs, beside MLflow's own client and jobs that run."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import mlflow
import pytest
from azure.ai.ml import MLClient, command
from azure.identity import DefaultAzureCredential

from course_runtime.emulator import Emulator
from course_runtime.grading import Azure
from course_runtime.grading.runs import Runs


@pytest.fixture(scope="module")
def azure() -> Iterator[Azure]:
    tracking = mlflow.get_tracking_uri()
    with Emulator() as cloud, pytest.MonkeyPatch.context() as patch:
        for name, value in cloud.environment().items():
            patch.setenv(name, value)
        yield Azure(cloud)
    mlflow.set_tracking_uri(tracking)


@pytest.fixture(scope="module")
def client(azure: Azure) -> MLClient:
    azure.put(azure.group_id("rg"), {"location": "eastus"})
    azure.add_workspace("rg", "ws", "westus2")
    found = MLClient(DefaultAzureCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], "rg", "ws")
    mlflow.set_tracking_uri(found.workspaces.get("ws").mlflow_tracking_uri)
    return found


@pytest.fixture(scope="module")
def runs(azure: Azure, client: MLClient) -> Runs:
    return azure.runs(azure.workspace_id("rg", "ws"))


def test_what_was_tracked_is_found_by_experiment(runs: Runs, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("a note")
    mlflow.set_experiment("looking")
    with mlflow.start_run(run_name="whole") as whole:
        mlflow.log_param("rate", 0.1)
        mlflow.set_tag("team", "blue")
        for step, value in enumerate((3.0, 1.0)):
            mlflow.log_metric("loss", value, step=step)
        mlflow.log_artifact(str(tmp_path / "note.txt"), "notes")
        with mlflow.start_run(nested=True):
            mlflow.log_metric("loss", 2.0)
    first, second = runs.of_experiment("looking")
    assert (first.id, first.name, first.status, first.parent) == (whole.info.run_id, "whole", "FINISHED", "")
    assert (dict(first.params), dict(first.metrics), first.tags["team"]) == (
        {"rate": "0.1"},
        {"loss": 1.0},
        "blue",
    )
    assert second.parent == first.id
    assert runs.history(first.id, "loss") == [(0, 3.0), (1, 1.0)]
    assert runs.artifacts(first.id) == ["notes/note.txt"]
    assert runs.artifact(first.id, "notes/note.txt") == b"a note"
    assert runs.get(second.id) == second


def test_what_is_not_there_is_nothing(runs: Runs) -> None:
    assert runs.of_experiment("never") == []
    assert runs.get("no-such-run") is None
    assert runs.artifact("no-such-run", "a.txt") is None
    assert runs.ended("no-such-job") == "not there"


def test_the_end_of_a_job_and_of_its_log(runs: Runs, client: MLClient) -> None:
    job = command(command="echo one && echo two && exit 3", environment="azureml:AzureML-sklearn-1.5:20")
    name = client.jobs.create_or_update(job).name
    assert runs.ended(name) == "Failed"
    assert runs.log(name, lines=1) == "two"
    run = runs.get(name)
    assert run is not None and run.status == "FAILED"
