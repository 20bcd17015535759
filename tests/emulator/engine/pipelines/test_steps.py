"""Steps as the jobs that run them."""

from __future__ import annotations

import shlex
from typing import Any

import pytest

from course_runtime.emulator.engine.parallel.task import parse
from course_runtime.emulator.engine.pipelines import steps
from course_runtime.emulator.engine.sweep.plan import read as read_sweep
from course_runtime.emulator.kernel.errors import AzureError

ENVIRONMENT = "azureml:/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/environments/e/versions/1"
CODE = "azureml:/subscriptions/s/resourceGroups/g/providers/p/workspaces/w/codes/c/versions/1"
TRAIN: dict[str, Any] = {
    "name": "train",
    "type": "command",
    "command": "python train.py --lr ${{inputs.lr}} --data ${{inputs.data}}",
    "code": CODE,
    "environment": ENVIRONMENT,
    "inputs": {
        "data": {"type": "uri_folder", "optional": False},
        "lr": {"type": "number", "default": "0.1", "optional": False},
        "seed": {"type": "integer", "optional": "True"},
    },
    "resources": {"instance_count": 2},
    "environment_variables": {"A": "component", "B": "component"},
}
DATA = {"data": {"jobInputType": "uri_folder", "uri": "azureml:d:1"}}
SCORE: dict[str, Any] = {
    "name": "score",
    "type": "parallel",
    "task": {
        "entry_script": "score.py",
        "code": CODE,
        "environment": ENVIRONMENT,
        "program_arguments": "--model ${{inputs.model}}",
        "append_row_to": "${{outputs.rows}}",
    },
    "input_data": "${{inputs.data}}",
    "mini_batch_size": "5",
    "mini_batch_error_threshold": 1,
    "max_concurrency_per_instance": 2,
    "retry_settings": {"timeout": 60, "max_retries": 2},
}


def test_a_command_step_is_its_component_with_what_the_step_changes() -> None:
    node = {"environment_variables": {"A": "step"}, "resources": {"instance_count": 1}}
    body = steps.command_job(TRAIN, node, DATA, {}, "cpu")
    assert body["command"] == TRAIN["command"]
    assert body["environmentId"] == ENVIRONMENT.removeprefix("azureml:")
    assert body["codeId"] == CODE.removeprefix("azureml:")
    assert body["environmentVariables"] == {"A": "step"}
    assert body["resources"] == {"instanceCount": 1}
    assert body["inputs"]["lr"] == {"jobInputType": "literal", "value": "0.1"}
    assert "seed" not in body["inputs"]


def test_a_named_environment_stays_named() -> None:
    body = steps.command_job(
        TRAIN | {"environment": "azureml:AzureML-sklearn-1.5@latest"}, {}, DATA, {}, "cpu"
    )
    assert body["environmentId"] == "azureml:AzureML-sklearn-1.5@latest"


def test_a_missing_input_is_named() -> None:
    with pytest.raises(AzureError) as refused:
        steps.command_job(TRAIN, {}, {}, {}, "cpu")
    assert "The component 'train' needs the input 'data'" in refused.value.message


def test_a_distribution_keeps_its_settings() -> None:
    given = {"type": "mpi", "process_count_per_instance": 2}
    body = steps.command_job(TRAIN | {"distribution": given}, {}, DATA, {}, "cpu")
    assert body["distribution"] == {"distributionType": "Mpi", "processCountPerInstance": 2}
    with pytest.raises(AzureError, match="'horovod' is not a distribution"):
        steps.distribution({"type": "horovod"})


def test_a_parallel_step_runs_the_entry_script_over_its_input() -> None:
    inputs = DATA | {"model": {"jobInputType": "uri_folder", "uri": "azureml:m:1"}}
    body = steps.parallel_job(SCORE, {"mini_batch_size": 3}, inputs, {}, "cpu")
    task = parse(shlex.split(body["command"])[3:])
    assert task.script == "score.py"
    assert task.inputs == ("${{inputs.data}}",)
    assert task.output == "${{outputs.rows}}"
    assert task.arguments == ("--model", "${{inputs.model}}")
    assert (task.size, task.workers, task.retries, task.seconds) == ("3", 2, 2, 60)
    assert (task.error_threshold, task.batch_error_threshold) == (-1, 1)
    assert body["codeId"] == CODE.removeprefix("azureml:")


def test_a_parallel_step_over_an_mltable_reads_rows() -> None:
    inputs = {"data": {"jobInputType": "mltable", "uri": "azureml:t:1"}}
    assert "--table" in steps.parallel_job(SCORE, {"mini_batch_size": "10 kb"}, inputs, {}, "cpu")["command"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"input_data": "${{inputs.rows}}"}, "input_data is '${{inputs.rows}}', but its inputs are data"),
        ({"task": {"code": CODE}}, "has no entry_script"),
        ({"mini_batch_size": "a few"}, "'a few' is not a mini-batch size"),
    ],
)
def test_a_parallel_step_that_cannot_run_is_refused(change: dict[str, Any], said: str) -> None:
    with pytest.raises(AzureError) as refused:
        steps.parallel_job(SCORE | change, {}, DATA, {}, "cpu")
    assert said in refused.value.message


def test_a_sweep_step_is_a_sweep_job() -> None:
    node = {
        "type": "sweep",
        "sampling_algorithm": {"type": "random", "seed": 7, "rule": "sobol"},
        "objective": {"goal": "maximize", "primary_metric": "AUC"},
        "search_space": {
            "lr": {"type": "uniform", "min_value": 0, "max_value": 1},
            "depth": {"type": "choice", "values": [2, 4]},
            "n": {"type": "quniform", "min_value": 0, "max_value": 10, "q": 2},
        },
        "early_termination": {
            "type": "bandit",
            "slack_factor": 0.1,
            "evaluation_interval": 2,
            "slack_amount": None,
        },
        "limits": {"max_total_trials": 3, "max_concurrent_trials": 2, "trial_timeout": 60},
    }
    body = steps.sweep_job(TRAIN, node, DATA, {}, "cpu")
    plan = read_sweep(body)
    assert (plan.algorithm, plan.rule, plan.seed, plan.metric) == ("random", "sobol", 7, "AUC")
    assert [(one.kind, one.arguments) for one in plan.space] == [
        ("uniform", (0, 1)),
        ("choice", ([2, 4],)),
        ("quniform", (0, 10, 2)),
    ]
    assert (plan.policy.kind, plan.policy.slack_factor, plan.policy.interval) == ("bandit", 0.1, 2)
    assert (plan.most_trials, plan.at_once, body["limits"]["trialTimeout"]) == (3, 2, "PT60S")
    assert body["trial"]["command"] == TRAIN["command"]
    assert body["inputs"]["data"]["uri"] == "azureml:d:1"
