"""Deployments that run: started, failed, updated, deleted, through the SDK."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from azure.core.exceptions import HttpResponseError

from course_runtime.emulator import Emulator

from .conftest import Serving, opened_serving

BARE_IMAGE = "mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04"
Ask = Callable[[str, Any], Any]


@pytest.fixture(scope="module")
def endpoint(serving: Serving) -> str:
    return serving.endpoint("hosting")


def test_a_deployment_answers_through_the_sdk(serving: Serving, endpoint: str, answers: Ask) -> None:
    deployed = serving.deploy(endpoint, "blue")
    assert deployed.provisioning_state == "Succeeded"
    serving.traffic(endpoint, blue=100)
    assert answers(endpoint, {"data": [[1, 2], [3, 4]]}) == [3, 7]
    assert "init was called" in serving.logs(endpoint, "blue")


def test_a_model_lies_where_azure_puts_it(serving: Serving, endpoint: str) -> None:
    from azure.ai.ml.entities import Model

    (serving.folder / "weights.txt").write_text("41")
    model = serving.client.models.create_or_update(
        Model(name="weights", path=str(serving.folder / "weights.txt"))
    )
    script = """\
import os, pathlib
def init():
    global folder, weight
    folder = pathlib.Path(os.environ["AZUREML_MODEL_DIR"])
    weight = int((folder / "weights.txt").read_text())
def run(raw_data):
    return {"weight": weight, "tail": list(folder.parts[-3:]), "greeting": os.environ["GREETING"]}
"""
    serving.deploy(
        endpoint,
        "with-model",
        script,
        model=f"weights:{model.version}",
        environment_variables={"GREETING": "hello"},
    )
    answer = serving.post(endpoint, {}, **{"azureml-model-deployment": "with-model"}).json()
    assert answer == {"weight": 41, "tail": ["azureml-models", "weights", model.version], "greeting": "hello"}
    assert "weights/1/weights.txt (2 bytes)" in serving.logs(
        endpoint, "with-model", container_type="storage-initializer"
    )


@pytest.mark.parametrize(
    ("script", "said"),
    [
        (
            "import numpy\ndef init():\n    raise RuntimeError('no weights')\ndef run(data): ...",
            "RuntimeError: no weights",
        ),
        ("def init(: pass", "SyntaxError"),
        ("def init(): ...", "does not have a run() function"),
        (
            "import tensorflow\ndef init(): ...\ndef run(data): ...",
            "ModuleNotFoundError: No module named 'tensorflow'",
        ),
    ],
)
def test_a_broken_script_fails_with_its_traceback_in_the_log(
    serving: Serving, endpoint: str, script: str, said: str
) -> None:
    name = f"broken-{abs(hash(script)) % 10_000}"
    with pytest.raises(HttpResponseError) as refused:
        serving.deploy(endpoint, name, script)
    assert refused.value.error.code == "ResourceNotReady"
    assert "User container has crashed or terminated" in str(refused.value)
    log = serving.logs(endpoint, name)
    assert said in log and "score.py" in log
    assert serving.client.online_deployments.get(name, endpoint).provisioning_state == "Failed"
    answer = serving.post(endpoint, {}, **{"azureml-model-deployment": name})
    assert answer.status_code == 503 and "no healthy upstream" in answer.text


def test_an_environment_without_the_server_is_told_what_is_missing(serving: Serving, endpoint: str) -> None:
    from azure.ai.ml.entities import Environment

    (serving.folder / "bare.yml").write_text("dependencies: [python=3.11, numpy]")
    bare = serving.client.environments.create_or_update(
        Environment(
            name="bare",
            image="mcr.microsoft.com/azureml/openmpi4.1.0-ubuntu20.04",
            conda_file=serving.folder / "bare.yml",
        )
    )
    with pytest.raises(HttpResponseError, match="required package azureml-inference-server-http is missing"):
        serving.deploy(endpoint, "bare", environment=f"bare:{bare.version}")


def test_new_code_takes_over_when_it_is_ready_and_a_broken_one_never_does(
    serving: Serving, endpoint: str, answers: Ask
) -> None:
    script = "def init(): ...\ndef run(data):\n    return '{}'\n"
    other = serving.endpoint("changes")
    serving.deploy(other, "blue", script.format("first"))
    serving.traffic(other, blue=100)
    assert answers(other, {}) == "first"
    serving.deploy(other, "blue", script.format("second"))
    assert answers(other, {}) == "second"
    with pytest.raises(HttpResponseError):
        serving.deploy(other, "blue", "raise ValueError('third')")
    assert answers(other, {}) == "second"
    assert "ValueError: third" in serving.logs(other, "blue")


def test_scaling_brings_more_processes_and_costs_more(serving: Serving, endpoint: str, answers: Ask) -> None:
    found = serving.client.online_deployments.get("blue", endpoint)
    price = serving.cloud.costs()["rate"]
    assert "1 worker process(es)" in serving.logs(endpoint, "blue")
    found.instance_count = 2
    serving.client.online_deployments.begin_create_or_update(found).result()
    assert serving.client.online_deployments.get("blue", endpoint).instance_count == 2
    assert "2 worker process(es)" in serving.logs(endpoint, "blue")
    assert answers(endpoint, {"data": [[20, 22]]}) == [42]
    assert serving.cloud.costs()["rate"] > price


def test_a_process_that_dies_is_started_again(serving: Serving, endpoint: str) -> None:
    script = """\
import json, os
def init(): ...
def run(raw_data):
    if json.loads(raw_data) == "die":
        os._exit(1)
    return os.getpid()
"""
    serving.deploy(endpoint, "mortal", script)
    to = {"azureml-model-deployment": "mortal"}
    first = serving.post(endpoint, '"live"', **to).json()
    struck = serving.post(endpoint, '"die"', **to)
    assert struck.status_code == 502 and "upstream connect error" in struck.text
    assert serving.post(endpoint, '"live"', **to).json() != first


def test_a_container_that_keeps_crashing_is_given_up(serving: Serving, endpoint: str) -> None:
    """gunicorn's own master is what the script kills here: nothing inside can start it again."""
    script = """\
import os, signal
def init(): ...
def run(raw_data):
    os.kill(os.getppid(), signal.SIGKILL)
    return "killed"
"""
    serving.deploy(endpoint, "crashing", script)
    to = {"azureml-model-deployment": "crashing"}
    statuses = []
    for _ in range(20):
        statuses.append(serving.post(endpoint, "", **to).status_code)
        if statuses[-1] == 503:
            break
        time.sleep(0.2)
    assert statuses[-1] == 503
    assert "Back-off restarting failed container" in serving.logs(endpoint, "crashing")


def test_a_deleted_deployment_leaves_nothing_behind(serving: Serving, emulator: Emulator) -> None:
    endpoint = serving.endpoint("short-lived")
    serving.deploy(endpoint, "blue")
    files = {*emulator.places.serving_files.iterdir()}
    assert any(processes_with(str(folder)) for folder in files)
    serving.client.online_endpoints.begin_delete(endpoint).result()
    assert eventually(lambda: len(files - {*emulator.places.serving_files.iterdir()}) == 1)
    (gone,) = files - {*emulator.places.serving_files.iterdir()}
    assert eventually(lambda: not processes_with(str(gone)))
    assert requests.post(serving.url(endpoint), timeout=60).status_code == 404


def test_a_dropped_cloud_ends_its_processes(emulator: Emulator, tmp_path: Path) -> None:
    before = {*emulator.places.serving_files.iterdir()}
    with opened_serving(emulator, tmp_path) as other:
        other.deploy(other.endpoint("dropped"), "blue")
        (new,) = {*emulator.places.serving_files.iterdir()} - before
        assert processes_with(str(new))
    assert eventually(lambda: not processes_with(str(new)))


def test_curated_environments_serve(serving: Serving, endpoint: str) -> None:
    serving.deploy(endpoint, "curated", environment="AzureML-sklearn-1.5@latest")
    answer = serving.post(endpoint, {"data": [[5, 6]]}, **{"azureml-model-deployment": "curated"})
    assert answer.json() == [11]


def processes_with(folder: str) -> list[int]:
    """Processes in whose jail the folder is mounted."""
    found = []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdecimal() and folder in (entry / "mountinfo").read_text():
                found.append(int(entry.name))
    return found


def eventually(condition: Callable[[], bool], seconds: float = 30.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()
