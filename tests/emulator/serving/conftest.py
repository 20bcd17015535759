"""A workspace with an environment, an endpoint and the SDK, shared by a module's tests: what they deploy differs."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests

from course_runtime.emulator import Cloud, Emulator

CONDA = """\
name: scoring
dependencies:
  - python=3.11
  - pip
  - pip:
      - azureml-inference-server-http
      - numpy
      - scikit-learn
      - joblib
"""
URL = "https://{}.eastus.inference.ml.azure.com/score"
SIZE = "Standard_DS3_v2"
ADDS_UP = """\
import json

def init():
    print("init was called")

def run(raw_data):
    return [sum(row) for row in json.loads(raw_data)["data"]]
"""


@dataclass
class Serving:
    """What a test needs to deploy a scoring script and to ask it."""

    client: Any
    cloud: Cloud
    folder: Path
    workspace_id: str
    environment: str = ""
    made: list[str] = field(default_factory=list)

    def endpoint(self, name: str, **options: Any) -> str:
        from azure.ai.ml.entities import ManagedOnlineEndpoint

        made = ManagedOnlineEndpoint(name=name, **({"auth_mode": "key"} | options))
        self.client.online_endpoints.begin_create_or_update(made).result()
        self.made.append(name)
        return name

    def deploy(self, endpoint: str, name: str, script: str = ADDS_UP, **options: Any) -> Any:
        return self.begin(endpoint, name, script, **options).result()

    def begin(self, endpoint: str, name: str, script: str = ADDS_UP, **options: Any) -> Any:
        from azure.ai.ml.entities import CodeConfiguration, ManagedOnlineDeployment

        code = self.folder / f"{endpoint}-{name}-{len(list(self.folder.iterdir()))}"
        code.mkdir()
        (code / "score.py").write_text(script)
        deployment = ManagedOnlineDeployment(
            name=name,
            endpoint_name=endpoint,
            **{
                "environment": self.environment,
                "code_configuration": CodeConfiguration(code=str(code), scoring_script="score.py"),
                "instance_type": SIZE,
                "instance_count": 1,
                **options,
            },
        )
        return self.client.online_deployments.begin_create_or_update(deployment, skip_script_validation=True)

    def traffic(self, endpoint: str, **shares: int) -> None:
        found = self.client.online_endpoints.get(endpoint)
        found.traffic = shares
        self.client.online_endpoints.begin_create_or_update(found).result()

    def key(self, endpoint: str) -> str:
        return str(self.client.online_endpoints.get_keys(endpoint).primary_key)

    def post(self, endpoint: str, body: Any, *, path: str = "/score", **headers: str) -> requests.Response:
        """As a client in any language would: over HTTPS, with the key."""
        given = (
            headers
            if "Authorization" in headers
            else {"Authorization": f"Bearer {self.key(endpoint)}", **headers}
        )
        sent = {"data": body} if isinstance(body, (str, bytes)) else {"json": body}
        return requests.post(self.url(endpoint, path), headers=given, timeout=60, **sent)

    def url(self, endpoint: str, path: str = "/score") -> str:
        return URL.format(endpoint).replace("/score", path)

    def logs(self, endpoint: str, name: str, **options: Any) -> str:
        return str(self.client.online_deployments.get_logs(name, endpoint, lines=500, **options))


@pytest.fixture(scope="module")
def serving(emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with opened_serving(emulator, tmp_path_factory.mktemp("serving")) as made:
        yield made


@contextlib.contextmanager
def opened_serving(emulator: Emulator, folder: Path) -> Iterator[Serving]:
    """A cloud of its own, into which this process's environment leads while it is open."""
    from azure.ai.ml import MLClient
    from azure.ai.ml.entities import Environment
    from azure.identity import EnvironmentCredential

    with pytest.MonkeyPatch.context() as environment, opened(emulator) as cloud:
        for name, value in cloud.environment().items():
            environment.setenv(name, value)
        workspace_id = cloud.add_workspace("rg", "ws")
        client = MLClient(EnvironmentCredential(), os.environ["AZURE_SUBSCRIPTION_ID"], "rg", "ws")
        (folder / "conda.yml").write_text(CONDA)
        made = client.environments.create_or_update(
            Environment(
                name="scoring", image="mcr.microsoft.com/azureml/minimal", conda_file=folder / "conda.yml"
            )
        )
        yield Serving(client, cloud, folder, workspace_id, f"{made.name}:{made.version}")


def opened(emulator: Emulator) -> Cloud:
    """A cloud with the group `rg`, entered through a loopback proxy."""
    cloud = emulator.client.create_cloud()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        cloud.open_door(listener)
        cloud.proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
    group = f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/rg"
    assert cloud.request("PUT", group, {"location": "eastus"}).status == 201
    return cloud


@pytest.fixture
def answers(serving: Serving) -> Callable[[str, Any], Any]:
    """The JSON that an endpoint answers with, through the SDK's own `invoke`."""
    import json

    def ask(endpoint: str, body: Any) -> Any:
        request = serving.folder / "request.json"
        request.write_text(json.dumps(body))
        return json.loads(serving.client.online_endpoints.invoke(endpoint, request_file=str(request)))

    return ask
