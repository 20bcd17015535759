"""Sweeps that run: submitted, followed and read with azure-ai-ml, their trials logging with mlflow."""

from __future__ import annotations

import json
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

from ..conftest import Lab

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


def trial(folder: Path, script: str = TRAIN, line: str = "--lr ${{inputs.lr}} --n ${{inputs.n}}") -> Any:
    (folder / "train.py").write_text(script)
    return command(
        inputs={"lr": 0.1, "n": 1},
        code=str(folder),
        command=f"mkdir -p outputs && python train.py {line}"
        if "outputs" in script
        else f"python train.py {line}",
        environment="AzureML-sklearn-1.5@latest",
        compute="cpu-cluster",
    )


def failure(lab: Lab, job: Any) -> str:
    done = lab.finished(job)
    assert done.status == "Failed"
    with pytest.raises(JobException) as told:
        lab.client.jobs.stream(done.name)
    return str(told.value)


def children(lab: Lab, job: Any) -> list[Any]:
    names = sorted(child.name for child in lab.client.jobs.list(parent_job_name=job.name))
    return [lab.client.jobs.get(name) for name in names]


def trials(lab: Lab, job: Any) -> list[dict[str, Any]]:
    """What each tried, in the order of their names."""
    return [json.loads(child.properties["hyperparameters"]) for child in children(lab, job)]


def test_a_grid_runs_every_point_and_names_the_best_trial(own_lab: Lab, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Choice([0.1, 0.2, 0.3]), n=Choice([1, 2]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    sweep.set_limits(max_total_trials=20, max_concurrent_trials=3)
    done = own_lab.finished(sweep)
    assert done.status == "Completed"
    points = trials(own_lab, done)
    assert len(points) == 6 and {"lr": 0.3, "n": 2} in points
    best = own_lab.client.jobs.get(done.properties["best_child_run_id"])
    assert json.loads(best.properties["hyperparameters"]) == {"lr": 0.3, "n": 2}
    own_lab.client.jobs.download(done.name, download_path=str(tmp_path / "best"), all=True)
    assert {model.read_text() for model in (tmp_path / "best" / "artifacts").rglob("model.txt")} == {"0.3 2"}


def test_a_seeded_random_sweep_tries_the_same_points_again(own_lab: Lab, tmp_path: Path) -> None:
    tried = []
    for _ in range(2):
        job = trial(tmp_path)(lr=Uniform(0, 1))
        sweep = job.sweep(
            sampling_algorithm=RandomSamplingAlgorithm(seed=7), primary_metric="AUC", goal="Maximize"
        )
        sweep.set_limits(max_total_trials=3, max_concurrent_trials=3)
        tried.append(trials(own_lab, own_lab.finished(sweep)))
    assert tried[0] == tried[1]
    assert len(tried[0]) == 3


def test_a_bayesian_sweep_runs(own_lab: Lab, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Uniform(0, 1))
    sweep = job.sweep(sampling_algorithm=BayesianSamplingAlgorithm(), primary_metric="AUC", goal="Minimize")
    sweep.set_limits(max_total_trials=3, max_concurrent_trials=1)
    done = own_lab.finished(sweep)
    assert done.status == "Completed"
    lowest = min(point["lr"] for point in trials(own_lab, done))
    best = own_lab.client.jobs.get(done.properties["best_child_run_id"])
    assert json.loads(best.properties["hyperparameters"])["lr"] == lowest


def test_a_bandit_ends_the_worse_trial_early(own_lab: Lab, tmp_path: Path) -> None:
    job = trial(tmp_path, SLOW, "--lr ${{inputs.lr}}")(lr=Choice([0.9, 0.1]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    sweep.early_termination = BanditPolicy(slack_amount=0.2, evaluation_interval=1, delay_evaluation=2)
    sweep.set_limits(max_total_trials=2, max_concurrent_trials=2)
    done = own_lab.finished(sweep)
    assert done.status == "Completed"
    ends = {
        json.loads(one.properties["hyperparameters"])["lr"]: one.status
        for one in (
            own_lab.client.jobs.get(child.name)
            for child in own_lab.client.jobs.list(parent_job_name=done.name)
        )
    }
    assert ends == {0.9: "Completed", 0.1: "Canceled"}


def test_a_metric_that_was_never_logged_is_named(own_lab: Lab, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Choice([0.1]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="auc", goal="Maximize")
    told = failure(own_lab, sweep)
    assert "PrimaryMetricNotLogged" in told
    assert "The primary metric 'auc' was never logged by any of the 1 trials" in told
    assert "logged AUC." in told


def test_trials_that_all_fail_are_the_sweeps_failure(own_lab: Lab, tmp_path: Path) -> None:
    job = trial(tmp_path, "raise SystemExit('no data today')", "--lr ${{inputs.lr}}")(lr=Choice([0.1, 0.2]))
    sweep = job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    told = failure(own_lab, sweep)
    assert "none of the 2 trials completed" in told
    assert "no data today" in told


def test_a_canceled_sweep_takes_its_trials_along(own_lab: Lab, tmp_path: Path) -> None:
    job = trial(tmp_path, SLOW, "--lr ${{inputs.lr}}")(lr=Choice([0.9, 0.8]))
    submitted = own_lab.client.jobs.create_or_update(
        job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
    )
    own_lab.client.jobs.begin_cancel(submitted.name).result()
    assert own_lab.client.jobs.get(submitted.name).status == "Canceled"
    children = [
        own_lab.client.jobs.get(one.name).status
        for one in own_lab.client.jobs.list(parent_job_name=submitted.name)
    ]
    assert set(children) <= {"Canceled"}


def test_azures_refusals_come_when_it_is_submitted(own_lab: Lab, tmp_path: Path) -> None:
    job = trial(tmp_path)(lr=Uniform(0, 1))
    with pytest.raises(HttpResponseError, match="Grid sampling tries every combination"):
        own_lab.client.jobs.create_or_update(
            job.sweep(sampling_algorithm="grid", primary_metric="AUC", goal="Maximize")
        )
    bayesian = job.sweep(sampling_algorithm="bayesian", primary_metric="AUC", goal="Maximize")
    bayesian.early_termination = BanditPolicy(slack_factor=0.1)
    with pytest.raises(HttpResponseError, match="Bayesian sampling does not support early termination"):
        own_lab.client.jobs.create_or_update(bayesian)
