"""An emulator that ended and was started again: deployments come back, and what was under way goes on."""

from __future__ import annotations

import contextlib
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from course_runtime.emulator import Emulator, Places

from ..process import EmulatorProcess
from .conftest import ADDS_UP, CONDA, SIZE, URL

SLOW = "import time\ntime.sleep(3)\n" + ADDS_UP


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "https_proxy", "http_proxy"):
        monkeypatch.delenv(name, raising=False)
    yield tmp_path / "state"


def test_deployments_come_back_at_the_first_request(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Emulator(state) as cloud:
        client = signed_in(cloud, monkeypatch)
        deploy(client, state.parent, ADDS_UP).result()
        key = client.online_endpoints.get_keys("lasting").primary_key
    with Emulator(state) as cloud:
        signed_in(cloud, monkeypatch)
        assert ask(key) == (200, "[42]")


def test_after_kill_9_nothing_runs_on_and_the_deployment_answers_again(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process = EmulatorProcess(state)
    try:
        client = signed_in(process.cloud, monkeypatch)
        deploy(client, state.parent, ADDS_UP).result()
        key = client.online_endpoints.get_keys("lasting").primary_key
        assert started_for(state)
        process.end(signal.SIGKILL)
        deadline = time.monotonic() + 20
        while started_for(state):
            assert time.monotonic() < deadline, f"still running: {started_for(state)}"
            time.sleep(0.1)
        process.again(signal.SIGKILL)
        signed_in(process.cloud, monkeypatch)
        assert ask(key) == (200, "[42]")
    finally:
        process.end()


def started_for(state: Path) -> list[str]:
    """The zygotes of this emulator, and whatever they have forked."""
    runtime = str(Places.of(state).runtime).encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            if runtime in entry.read_bytes():
                found.append(entry.parent.name)
    return found


def test_what_was_being_rolled_out_is_rolled_out(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Emulator(state) as cloud:
        deploy(signed_in(cloud, monkeypatch), state.parent, SLOW)
    with Emulator(state) as cloud:
        client = signed_in(cloud, monkeypatch)
        while (now := client.online_deployments.get("blue", "lasting").provisioning_state) == "Creating":
            time.sleep(0.1)
        assert now == "Succeeded"


def ask(key: str) -> tuple[int, str]:
    answer = requests.post(
        URL.format("lasting"),
        json={"data": [[20, 22]]},
        headers={"Authorization": f"Bearer {key}", "azureml-model-deployment": "blue"},
        timeout=120,
    )
    return answer.status_code, answer.text


def signed_in(cloud: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    from azure.ai.ml import MLClient
    from azure.identity import EnvironmentCredential

    for name, value in cloud.environment().items():
        monkeypatch.setenv(name, value)
    access = cloud.access
    return MLClient(EnvironmentCredential(), access.subscription_id, access.resource_group, access.workspace)


def deploy(client: Any, folder: Path, script: str) -> Any:
    from azure.ai.ml.entities import (
        CodeConfiguration,
        Environment,
        ManagedOnlineDeployment,
        ManagedOnlineEndpoint,
    )

    (folder / "code").mkdir()
    (folder / "code" / "score.py").write_text(script)
    (folder / "conda.yml").write_text(CONDA)
    client.online_endpoints.begin_create_or_update(ManagedOnlineEndpoint(name="lasting")).result()
    return client.online_deployments.begin_create_or_update(
        ManagedOnlineDeployment(
            name="blue",
            endpoint_name="lasting",
            environment=Environment(
                image="mcr.microsoft.com/azureml/minimal", conda_file=folder / "conda.yml"
            ),
            code_configuration=CodeConfiguration(code=str(folder / "code"), scoring_script="score.py"),
            instance_type=SIZE,
            instance_count=1,
        )
    )
