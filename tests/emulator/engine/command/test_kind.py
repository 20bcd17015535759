"""Command jobs, submitted with the SDK: what they do, how they end, what is left of them."""

from __future__ import annotations

import itertools
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course_runtime.emulator.engine.running_job import STATUS_TIMES

from ..conftest import Lab

Code = Callable[..., Path]

TRAIN = """
import argparse, os, pathlib, sys
parser = argparse.ArgumentParser()
for name in ("--rate", "--data", "--out"):
    parser.add_argument(name)
options = parser.parse_args()
print("rate", options.rate, "of", sorted(os.listdir(options.data)))
print("to stderr", file=sys.stderr)
pathlib.Path(options.out, "result.txt").write_text(pathlib.Path(options.data, "a.csv").read_text().upper())
pathlib.Path("outputs/model.txt").write_text("the model")
pathlib.Path("logs").joinpath("own.log").write_text("a log")
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.csv").write_text("a,b")
    return folder


@pytest.mark.parametrize("cold", [False, True], ids=["warm", "cold"])
def test_a_script_with_inputs_and_outputs(
    lab: Lab, code: Code, data: Path, tmp_path: Path, cold: bool
) -> None:
    from azure.ai.ml import Input, Output

    job = lab.run(
        "python train.py --rate ${{inputs.rate}} --data ${{inputs.data}} --out ${{outputs.result}}",
        code(train=TRAIN),
        inputs={"rate": 0.1, "data": Input(type="uri_folder", path=str(data))},
        outputs={"result": Output(type="uri_folder")},
        environment_variables={"AZUREML_EMULATOR_COLD_START": str(cold)},
    )
    assert job.status == "Completed", lab.log(job)
    assert lab.log(job) == "rate 0.1 of ['a.csv']\nto stderr\n"
    assert lab.artifact(job, "outputs/model.txt") == "the model"
    assert lab.artifact(job, "logs/own.log") == "a log"
    lab.client.jobs.download(job.name, download_path=tmp_path, output_name="result")
    assert (tmp_path / "named-outputs/result/result.txt").read_text() == "A,B"


def test_every_status_has_its_time(lab: Lab) -> None:
    job = lab.run("echo hello")
    times = json.loads(lab.details(job)["properties"][STATUS_TIMES])
    assert [status for status, _ in times] == ["Queued", "Preparing", "Running", "Finalizing", "Completed"]
    assert sorted(moment for _, moment in times) == [moment for _, moment in times]


def test_a_job_that_takes_no_time_can_be_streamed(lab: Lab, capsys: pytest.CaptureFixture[str]) -> None:
    job = lab.submit("echo streamed")
    lab.client.jobs.stream(job.name)
    assert "streamed" in capsys.readouterr().out


def test_a_failing_script_shows_its_traceback(lab: Lab, code: Code) -> None:
    from azure.ai.ml.exceptions import JobException

    source = "def half(x):\n    return 1 / x\n\nprint(half(2))\nprint(half(0))\n"
    job = lab.ended(lab.submit("python broken.py", code(broken=source)))
    assert job.status == "Failed"
    log = lab.log(job)
    assert log.startswith("0.5\nTraceback (most recent call last):\n")
    assert 'broken.py", line 2, in half' in log and log.endswith("ZeroDivisionError: division by zero\n")
    assert "runpy" not in log and "course_runtime" not in log
    assert "User process 'python' exited with status code 1" in lab.error(job)
    assert "ZeroDivisionError" in lab.error(job)
    with pytest.raises(JobException, match="exited with status code 1"):
        lab.client.jobs.stream(job.name)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("exit 7", "exited with status code 7"),
        ("kill -SEGV $$", "SIGSEGV"),
        ("python nowhere.py", "can't open file"),
        ("no-such-program", "command not found"),
    ],
)
def test_each_end_has_its_words(lab: Lab, line: str, said: str) -> None:
    job = lab.run(line)
    assert job.status == "Failed" and said in lab.error(job)


def test_cancel_ends_the_process(lab: Lab) -> None:
    job = lab.submit("echo begun; sleep 600")
    lab.until(job, lambda found: "begun" in lab.log(found))
    lab.client.jobs.begin_cancel(job.name).result()
    assert lab.client.jobs.get(job.name).status == "Canceled"
    assert "canceled" in lab.error(job)


def test_a_job_may_take_no_longer_than_it_was_allowed(lab: Lab) -> None:
    from azure.ai.ml import command

    wanted = command(command="sleep 600", environment="AzureML-sklearn-1.5@latest", compute="cpu-cluster")
    wanted.set_limits(timeout=1)
    job = lab.ended(lab.client.jobs.create_or_update(wanted))
    assert job.status == "Failed" and "its time limit (limits.timeout)" in lab.error(job)


def test_the_job_sees_azures_variables_and_its_own(lab: Lab, code: Code) -> None:
    source = "import json, os; print(json.dumps(dict(os.environ)))"
    job = lab.run(
        "python show.py", code(show=source), environment_variables={"MINE": "1", "MLFLOW_RUN_ID": "another"}
    )
    seen = json.loads(lab.log(job))
    assert seen["MINE"] == "1"
    assert seen["MLFLOW_RUN_ID"] == seen["AZUREML_RUN_ID"] == job.name
    assert seen["AZUREML_ARM_WORKSPACE_NAME"] == "ws"
    assert seen["MLFLOW_TRACKING_URI"].startswith("azureml://")
    assert seen["OMP_NUM_THREADS"] == str(max(1, (os.cpu_count() or 1) // 4))  # the cluster has four nodes


def test_a_script_logs_to_its_own_run(lab: Lab, code: Code) -> None:
    source = "import mlflow\nmlflow.log_metric('accuracy', 0.75)\nmlflow.log_param('depth', 3)\n"
    job = lab.run("python log.py", code(log=source))
    assert job.status == "Completed", lab.log(job)
    import mlflow

    mlflow.set_tracking_uri(lab.client.workspaces.get("ws").mlflow_tracking_uri)
    run = mlflow.get_run(job.name)
    assert (run.data.metrics, run.data.params) == ({"accuracy": 0.75}, {"depth": "3"})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"command": "echo ${{inputs.missing}}"}, "has no such input"),
        ({"command": "echo", "resources": {"instanceCount": 9}}, "has 4 at most"),
        ({"command": ""}, "'command' is required"),
        ({"command": "echo", "limits": {"timeout": "soon"}}, "'soon'"),
        ({"command": "echo", "computeId": "nowhere"}, "The compute target 'nowhere'"),
        ({"command": "echo", "distribution": {"distributionType": "Ray"}}, "'Ray' is not run here"),
    ],
)
def test_what_cannot_run_is_refused_when_it_is_submitted(lab: Lab, wrong: dict[str, Any], said: str) -> None:
    body = {"jobType": "Command", "computeId": f"{lab.workspace.id}/computes/cpu-cluster"} | wrong
    status, _, message = lab.workspace.refusal("PUT", "jobs/wrong", body)
    assert status == 400 and said in message


def test_running_jobs_stay_and_ended_ones_go(lab: Lab) -> None:
    job = lab.submit("sleep 600")
    assert "Cancel it first" in lab.workspace.refusal("DELETE", f"jobs/{job.name}")[2]
    lab.client.jobs.begin_cancel(job.name).result()
    assert lab.workspace.call("DELETE", f"jobs/{job.name}").status in (200, 202)


def test_an_archived_job_is_hidden_from_lists(lab: Lab) -> None:
    job = lab.run("echo hi")
    lab.client.jobs.archive(job.name)
    assert job.name not in [one.name for one in lab.client.jobs.list()]


def test_a_preempted_job_starts_again_with_what_it_had_written(lab: Lab) -> None:
    from azure.ai.ml import Output

    line = (
        "ls ${{outputs.state}}; if [ -e ${{outputs.state}}/checkpoint ]; then echo resumed; "
        "else echo first; echo half > ${{outputs.state}}/checkpoint; sleep 600; fi"
    )
    lab.workspace.add_cluster("spot", most=1, vmPriority="LowPriority")
    job = lab.submit(line, compute="spot", outputs={"state": Output(type="uri_folder", mode="rw_mount")})
    lab.until(job, lambda found: "first" in lab.log(found))
    assert lab.cloud.preempt_node(f"{lab.workspace.id}/computes/spot") == job.name
    job = lab.ended(job)
    assert job.status == "Completed"
    said = lab.log(job).splitlines()
    assert said[0] == "first" and "preempted" in said[1] and said[2:] == ["checkpoint", "resumed"]


def test_jobs_take_turns_in_the_order_they_came(lab: Lab) -> None:
    lab.workspace.add_cluster("one", most=1)
    jobs = [
        lab.submit("echo $(date +%s.%N); sleep 0.2; echo $(date +%s.%N)", compute="one") for _ in range(4)
    ]
    spans = [tuple(map(float, lab.log(lab.ended(job)).split())) for job in jobs]
    assert spans == sorted(spans)
    assert all(before[1] <= after[0] for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize("kind", ["Mpi", "PyTorch", "TensorFlow"])
def test_two_ranks_run_side_by_side_and_know_who_they_are(lab: Lab, code: Code, kind: str) -> None:
    from azure.ai.ml import MpiDistribution, PyTorchDistribution, TensorFlowDistribution

    distribution: Any = {
        "Mpi": MpiDistribution(process_count_per_instance=2),
        "PyTorch": PyTorchDistribution(process_count_per_instance=2),
        "TensorFlow": TensorFlowDistribution(worker_count=2),
    }[kind]
    source = """
import json, os, pathlib, time
config = json.loads(os.environ.get("TF_CONFIG", "{}"))
rank = os.environ.get("RANK") or os.environ.get("OMPI_COMM_WORLD_RANK") or str(config["task"]["index"])
pathlib.Path(rank).touch()
while not (pathlib.Path("0").exists() and pathlib.Path("1").exists()):
    time.sleep(0.01)
print("rank", rank)
"""
    job = lab.run("python both.py", code(both=source), distribution=distribution, instance_count=1)
    assert job.status == "Completed"
    assert [lab.log(job, f"user_logs/std_log_process_{rank}.txt") for rank in (0, 1)] == [
        "rank 0\n",
        "rank 1\n",
    ]


def test_a_missing_dependency_fails_as_in_the_cloud(lab: Lab, code: Code) -> None:
    from azure.ai.ml.entities import Environment

    conda = code() / "conda.yaml"
    conda.write_text("dependencies:\n  - python=3.8\n  - pip:\n      - numpy<2\n")
    image = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04"
    environment = Environment(name="small", version="1", image=image, conda_file=str(conda))
    job = lab.run("python use.py", code(use="import numpy\nimport pandas\n"), environment=environment)
    said = lab.log(job)
    assert "ModuleNotFoundError: No module named 'pandas'" in said
    assert "Python 3.8" in said and "numpy<2" in said


def test_a_package_that_cannot_be_had_fails_the_job_by_name(lab: Lab, code: Code) -> None:
    from azure.ai.ml.entities import Environment

    conda = code() / "conda.yaml"
    conda.write_text("dependencies:\n  - pip:\n      - no-such-package==1.0\n")
    image = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04"
    environment = Environment(name="odd", version="1", image=image, conda_file=str(conda))
    job = lab.run("echo hi", environment=environment)
    assert job.status == "Failed" and "no package 'no-such-package'" in lab.error(job)


def test_no_file_of_a_job_is_left_on_this_machine(lab: Lab, emulator: Any) -> None:
    job = lab.run("echo hi > outputs/a")
    deadline = time.monotonic() + 10
    while list(emulator.places.jobs.rglob(job.name)):
        assert time.monotonic() < deadline
        time.sleep(0.05)
