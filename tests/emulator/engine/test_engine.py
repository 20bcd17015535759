"""The engine over a cloud's life: restarts, dropped clouds, many jobs."""

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

from course_runtime.emulator import Emulator, EmulatorClient, EmulatorUnavailable, Places
from course_runtime.emulator.engine.running_job import STATUS_TIMES

from ..services.ml import Workspace
from .conftest import Lab

JOB = {"jobType": "Command", "environmentId": "azureml:AzureML-sklearn-1.5@latest"}
MANY = int(os.environ.get("WORKSHOP_MANY_JOBS", "24"))
"""200 shows what the engine is made for, and takes half a minute."""


def until(condition: Any, what: str) -> Any:
    deadline = time.monotonic() + 120
    while not (found := condition()):
        assert time.monotonic() < deadline, what
        time.sleep(0.1)
    return found


def status(workspace: Workspace, name: str) -> str:
    return str(workspace.get(f"jobs/{name}")["properties"]["status"])


class Process:
    """A real emulator process that may be killed, and started again on the same folder."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "course_runtime.emulator", "--state", str(self.places.state)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        until(self._answers, "the emulator does not start")

    def kill(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait()

    def workspace(self) -> Workspace:
        cloud = EmulatorClient(self.places).personal()
        group = f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/{cloud.access.resource_group}"
        kind = "providers/Microsoft.MachineLearningServices/workspaces"
        return Workspace(cloud, f"{group}/{kind}/{cloud.access.workspace}")

    def _answers(self) -> bool:
        try:
            return bool(EmulatorClient(self.places).status())
        except EmulatorUnavailable:
            return False


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Process]:
    running = Process(Places.of(tmp_path / "state"))
    yield running
    running.stop()


def test_kill_9_loses_no_job_and_runs_none_twice_in_silence(process: Process) -> None:
    workspace = process.workspace()
    workspace.add_cluster(most=1)
    compute = {"computeId": f"{workspace.id}/computes/cpu-cluster"}
    workspace.put("jobs/ended", JOB | compute | {"command": "echo once"})
    until(lambda: status(workspace, "ended") == "Completed", "the first job does not end")
    workspace.put("jobs/struck", JOB | compute | {"command": "echo begun; sleep 1"})
    workspace.put("jobs/waiting", JOB | compute | {"command": "echo later"})
    until(lambda: status(workspace, "struck") == "Running", "the second job does not begin")
    process.kill()
    process.start()
    workspace = process.workspace()
    for name in ("struck", "waiting"):
        until(lambda name=name: status(workspace, name) == "Completed", f"'{name}' does not end")  # type: ignore[misc]
    assert status(workspace, "ended") == "Completed"
    restarts = {name: details(workspace, name)["properties"].get("azureml.emulator.restarts") for name in
                ("ended", "struck", "waiting")}  # fmt: skip
    assert restarts == {"ended": None, "struck": "1", "waiting": "1"}


def details(workspace: Workspace, name: str) -> dict[str, Any]:
    path = f"/history/v1.0{workspace.id}/runs/{name}/details"
    return dict(workspace.cloud.request("GET", path, host="eastus.api.azureml.ms").body)


def test_a_dropped_cloud_ends_its_jobs(emulator: Emulator) -> None:
    cloud = emulator.client.create_cloud()
    cloud.request(
        "PUT", f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/rg", {"location": "eastus"}
    )
    workspace = Workspace(cloud, cloud.add_workspace("rg", "ws"))
    mark = f"{os.getpid()}.987"
    workspace.put("jobs/endless", JOB | {"command": f"sleep {mark}"})
    until(lambda: running_with(mark), "the job does not begin")
    cloud.close()
    until(lambda: not running_with(mark), "the job's process lives on")
    until(lambda: not (emulator.places.jobs / cloud.name).exists(), "the job's files stay")


def running_with(mark: str) -> list[str]:
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().split(b"\0")
        except OSError:
            continue
        if words[:2] == [b"sleep", mark.encode()]:
            found.append(str(entry))
    return found


def test_many_jobs_on_four_nodes(lab: Lab) -> None:
    """First come, first served; never more than four at once; the cluster grows to four and shrinks to none."""
    workspace = lab.workspace
    workspace.add_cluster("four", most=4)
    compute = {"computeId": f"{workspace.id}/computes/four"}
    names = [f"many-{number:03}" for number in range(MANY)]
    for name in names:
        workspace.put(f"jobs/{name}", JOB | compute | {"command": "echo $(date +%s.%N); echo $(date +%s.%N)"})
    grown = until(lambda: nodes(workspace) == 4, "the cluster does not grow")
    assert grown
    until(lambda: all(status(workspace, name) == "Completed" for name in names[-4:]), "they do not end")
    for name in names:
        until(lambda name=name: status(workspace, name) == "Completed", f"'{name}' does not end")  # type: ignore[misc]
    moments = {name: times(workspace, name) for name in names}
    began = [moments[name]["Preparing"] for name in names]
    assert began == sorted(began)
    for name in names:
        others = [
            other
            for other in names
            if moments[other]["Preparing"] <= moments[name]["Preparing"] < moments[other]["Finalizing"]
        ]
        assert len(others) <= 4, f"{others} ran at the same time"
    workspace.cloud.advance(121)
    until(lambda: nodes(workspace) == 0, "the cluster does not shrink")


def nodes(workspace: Workspace) -> int:
    return int(workspace.get("computes/four")["properties"]["properties"]["currentNodeCount"])


def times(workspace: Workspace, name: str) -> dict[str, str]:
    return dict(json.loads(details(workspace, name)["properties"][STATUS_TIMES]))
