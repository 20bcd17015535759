"""Sweeps that run: submitted, followed and read with azure-ai-ml, their trials logging with mlflow."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from azure.ai.ml import command
from azure.ai.ml.exceptions import JobException
from azure.ai.ml.sweep import (
    BanditPolicy,
    BayesianSamplingAlgorithm,
    Choice,
    RandomSamplingAlgorithm,
    Uniform,
)
from azure.core.exceptions import HttpResponseError

from course_runtime.emulator import Cloud

from ...services.ml import Workspace, ml_client

OVER = ("Completed", "Failed", "Canceled")
TRAIN = """
import argparse, mlflow, os
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
parser.add_argument("--n", type=int, default=1)
given = parser.parse_args()
for epoch in range(1, 4):
    mlflow.log_metric("AUC", given.lr * given.n * epoch / 10, step=epoch)
os.makedirs("outputs", exist_ok=True)
with open("outputs/model.txt", "w") as file:
    file.write(f"{given.lr} {given.n}")
"""
SLOW = """
import argparse, mlflow, time
parser = argparse.ArgumentParser()
parser.add_argument("--lr", type=float)
lr = parser.parse_args().lr
time.sleep(1 - lr)  # the good one reports first
for epoch in range(1, 60):
    mlflow.log_metric("AUC", lr, step=epoch)
    time.sleep(0.1)
"""


@pytest.fixture
def workspace(cloud: Cloud) -> Workspace:
    workspace = Workspace(cloud, cloud.add_workspace("rg", "ws"))
    workspace.add_cluster("cpu", most=4)
    return workspace


@pytest.fixture
def client(signed_in: Cloud, workspace: Workspace) -> Any:
    return ml_client()


def trial(folder: Path, script: str = TRAIN, line: str = "--lr ${{inputs.lr}} --n ${{inputs.n}}") -> Any:
    (folder / "train.py").write_text(script)
    return command(
        inputs={"lr": 0.1, "n": 1},
        code=str(folder),
        command=f"mkdir -p outputs && python train.py {line}"
        if "outputs" in script
        else f"python train.py {line}",
        environment="AzureML-sklearn-1.5@latest",
        compute="cpu",
    )


def finished(client: Any, job: Any) -> Any:
    submitted = client.jobs.create_or_update(job)
    while (found := client.jobs.get(submitted.name)).status not in OVER:
        time.sleep(0.2)
    return found


def failure(client: Any, job: Any) -> str:
    done = finished(client, job)
    assert done.status == "Failed"
    with pytest.raises(JobException) as told:
        client.jobs.stream(done.name)
    return str(told.value)


def trials(client: Any, name: str) -> list[dict[str, Any]]:
    """What each tried, in the order of their names."""
    children = sorted(client.jobs.list(parent_job_name=name), key=lambda one: one.name)
    return [json.loads(client.jobs.get(one.name).properties["hyperparameters"]) for one in children]


def test_a_grid_runs_every_point_and_names_the_best_trial(client: Any, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Choice([0.1, 0.2, 0.3]), n=Choice([1, 2]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    sweep.set_limits(max_total_trials=20, max_concurrent_trials=3)
    done = finished(client, sweep)
    assert done.status == "Completed"
    points = trials(client, done.name)
    assert len(points) == 6 and {"lr": 0.3, "n": 2} in points
    best = client.jobs.get(done.properties["best_child_run_id"])
    assert json.loads(best.properties["hyperparameters"]) == {"lr": 0.3, "n": 2}
    client.jobs.download(done.name, download_path=str(tmp_path / "best"), all=True)
    assert {model.read_text() for model in (tmp_path / "best" / "artifacts").rglob("model.txt")} == {"0.3 2"}


def test_a_seeded_random_sweep_tries_the_same_points_again(client: Any, tmp_path: Path) -> None:
    tried = []
    for _ in range(2):
        job = trial(tmp_path)(lr=Uniform(0, 1))
        sweep = job.sweep(
            sampling_algorithm=RandomSamplingAlgorithm(seed=7), primary_metric="AUC", goal="Maximize"
        )
        sweep.set_limits(max_total_trials=3, max_concurrent_trials=3)
        tried.append(trials(client, finished(client, sweep).name))
    assert tried[0] == tried[1]
    assert len(tried[0]) == 3


def test_a_bayesian_sweep_runs(client: Any, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Uniform(0, 1))
    sweep = job.sweep(sampling_algorithm=BayesianSamplingAlgorithm(), primary_metric="AUC", goal="Minimize")
    sweep.set_limits(max_total_trials=3, max_concurrent_trials=1)
    done = finished(client, sweep)
    assert done.status == "Completed"
    lowest = min(point["lr"] for point in trials(client, done.name))
    best = client.jobs.get(done.properties["best_child_run_id"])
    assert json.loads(best.properties["hyperparameters"])["lr"] == lowest


def test_a_bandit_ends_the_worse_trial_early(client: Any, tmp_path: Path) -> None:
    job = trial(tmp_path, SLOW, "--lr ${{inputs.lr}}")(lr=Choice([0.9, 0.1]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    sweep.early_termination = BanditPolicy(slack_amount=0.2, evaluation_interval=1, delay_evaluation=2)
    sweep.set_limits(max_total_trials=2, max_concurrent_trials=2)
    done = finished(client, sweep)
    assert done.status == "Completed"
    ends = {
        json.loads(one.properties["hyperparameters"])["lr"]: one.status
        for one in (client.jobs.get(child.name) for child in client.jobs.list(parent_job_name=done.name))
    }
    assert ends == {0.9: "Completed", 0.1: "Canceled"}


def test_a_metric_that_was_never_logged_is_named(client: Any, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Choice([0.1]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="auc", goal="Maximize")
    told = failure(client, sweep)
    assert "PrimaryMetricNotLogged" in told
    assert "The primary metric 'auc' was never logged by any of the 1 trials" in told
    assert "logged AUC." in told


def test_trials_that_all_fail_are_the_sweeps_failure(client: Any, tmp_path: Path) -> None:
    job = trial(tmp_path, "raise SystemExit('no data today')", "--lr ${{inputs.lr}}")(lr=Choice([0.1, 0.2]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    told = failure(client, sweep)
    assert "none of the 2 trials completed" in told
    assert "no data today" in told


def test_a_canceled_sweep_takes_its_trials_along(client: Any, tmp_path: Path) -> None:
    job = trial(tmp_path, SLOW, "--lr ${{inputs.lr}}")(lr=Choice([0.9, 0.8]))
    submitted = client.jobs.create_or_update(
        job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    )
    client.jobs.begin_cancel(submitted.name).result()
    assert client.jobs.get(submitted.name).status == "Canceled"
    children = [client.jobs.get(one.name).status for one in client.jobs.list(parent_job_name=submitted.name)]
    assert set(children) <= {"Canceled"}


def test_azures_refusals_come_when_it_is_submitted(client: Any, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Uniform(0, 1))
    with pytest.raises(HttpResponseError, match="Grid sampling tries every combination"):
        client.jobs.create_or_update(
            job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
        )
    bayesian = job.sweep(sampling_algorithm="bayesian", primary_metric="AUC", goal="Maximize")
    bayesian.early_termination = BanditPolicy(slack_factor=0.1)
    with pytest.raises(HttpResponseError, match="Bayesian sampling does not support early termination"):
        client.jobs.create_or_update(bayesian)
