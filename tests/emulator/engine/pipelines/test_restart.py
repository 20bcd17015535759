"""A loop goes on where it was when the emulator is killed; written and submitted as a user does, in a script."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ...process import EmulatorProcess
from .conftest import PREVIEW

SCRIPT = """
import json, os, sys
from azure.ai.ml import Input, MLClient, Output, dsl
from azure.ai.ml.dsl._do_while import do_while
from azure.ai.ml.entities import AmlCompute, CommandComponent
from azure.identity import DefaultAzureCredential

client = MLClient(DefaultAzureCredential(), *json.loads(os.environ["WHERE"]))
wait = CommandComponent(
    name="wait",
    command="echo $((${{inputs.n}} + 1)) > ${{outputs.next}}; sleep $((3 * ${{inputs.n}}))",
    environment="AzureML-sklearn-1.5@latest",
    inputs={"n": Input(type="integer")},
    outputs={"next": Output(type="integer")},
)

@dsl.pipeline(default_compute="cpu-cluster")
def pipeline():
    body = wait(n=0)
    do_while(body=body, mapping={"next": body.inputs.n}, max_iteration_count=3)

if sys.argv[1:]:
    job = client.jobs.get(sys.argv[1])
    children = [client.jobs.get(one.name) for one in client.jobs.list(parent_job_name=job.name)]
    shown = {one.display_name: one.properties.get("azureml.emulator.restarts", "0") for one in children}
    print(json.dumps([job.status, shown]))
else:
    client.compute.begin_create_or_update(AmlCompute(name="cpu-cluster", size="STANDARD_DS3_V2")).result()
    print(json.dumps(client.jobs.create_or_update(pipeline()).name))
"""


@pytest.fixture
def emulator_process(tmp_path: Path) -> Iterator[EmulatorProcess]:
    running = EmulatorProcess(tmp_path / "state")
    yield running
    running.end(signal.SIGTERM)


def run(process: EmulatorProcess, folder: Path, *arguments: str) -> Any:
    access = process.cloud.access
    where = json.dumps([access.subscription_id, access.resource_group, access.workspace])
    (folder / "submit.py").write_text(SCRIPT)
    done = subprocess.run(
        [sys.executable, "submit.py", *arguments],
        cwd=folder,
        env={**os.environ, **process.cloud.environment(), PREVIEW: "true", "WHERE": where},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_killed_emulator_goes_on_with_the_iteration_it_was_in(
    emulator_process: EmulatorProcess, tmp_path: Path
) -> None:
    name = run(emulator_process, tmp_path)
    second = "body (iteration 2)"
    seen = until(emulator_process, tmp_path, name, lambda status, shown: second in shown)
    assert seen[1]["body (iteration 1)"] == "0"
    emulator_process.again(signal.SIGKILL)
    status, shown = until(emulator_process, tmp_path, name, lambda status, shown: status == "Completed")
    assert status == "Completed"
    assert set(shown) == {f"body (iteration {number})" for number in (1, 2, 3)}
    assert shown["body (iteration 1)"] == "0", "what had ended is not run again"


def until(process: EmulatorProcess, folder: Path, name: str, condition: Any) -> Any:
    deadline = time.monotonic() + 120
    while not condition(*(found := run(process, folder, name))):
        assert time.monotonic() < deadline, found
    return found
