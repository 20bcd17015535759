"""A workspace whose jobs run, driven by the SDK; one for all tests of a module."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from course_runtime.emulator import Cloud, Emulator

from ..services.ml import Workspace, ml_client

ENVIRONMENT = "AzureML-sklearn-1.5@latest"
OVER = ("Completed", "Failed", "Canceled")
SECONDS_TO_END = 120.0


@pytest.fixture(autouse=True)
def tracking_ends_with_the_test() -> Iterator[None]:
    """MLflow keeps its address in the environment: the next test would track into a cloud that is gone."""
    yield
    if "mlflow" in sys.modules:
        sys.modules["mlflow"].set_tracking_uri(None)
    os.environ.pop("MLFLOW_TRACKING_URI", None)


@dataclass(frozen=True)
class Lab:
    """A cloud with the workspace `ws` in the group `rg` and the cluster `cpu-cluster`, as this process's Azure."""

    cloud: Cloud
    workspace: Workspace
    client: Any

    def submit(self, line: str, code: Path | None = None, **options: Any) -> Any:
        from azure.ai.ml import command

        options.setdefault("environment", ENVIRONMENT)
        options.setdefault("compute", "cpu-cluster")
        return self.client.jobs.create_or_update(command(command=line, code=code and str(code), **options))

    def ended(self, job: Any) -> Any:
        """The job once it is over."""
        return self.until(job, lambda found: found.status in OVER)

    def until(self, job: Any, condition: Callable[[Any], bool]) -> Any:
        deadline = time.monotonic() + SECONDS_TO_END
        while not condition(found := self.client.jobs.get(job.name)):
            assert time.monotonic() < deadline, f"{found.name} is still {found.status}: {self.log(found)}"
            time.sleep(0.05)
        return found

    def finished(self, job: Any) -> Any:
        """A job of any kind, submitted and over."""
        return self.ended(self.client.jobs.create_or_update(job))

    def run(self, line: str, code: Path | None = None, **options: Any) -> Any:
        return self.ended(self.submit(line, code, **options))

    def artifact(self, job: Any, path: str) -> str:
        """A file of the run, as somebody who may read its storage finds it; empty when it is not there."""
        account = self.workspace.get("")["properties"]["storageAccount"].rsplit("/", 1)[-1]
        key = self.cloud.request(
            "POST", f"{self.workspace.get('')['properties']['storageAccount']}/listKeys"
        ).body
        from azure.core.exceptions import ResourceNotFoundError
        from azure.storage.blob import BlobClient

        blob = BlobClient(
            f"https://{account}.blob.core.windows.net",
            "azureml",
            f"ExperimentRun/dcid.{job.name}/{path}",
            credential=key["keys"][0]["value"],
        )
        try:
            return blob.download_blob().readall().decode()
        except ResourceNotFoundError:
            return ""

    def log(self, job: Any, name: str = "user_logs/std_log.txt") -> str:
        return self.artifact(job, name)

    def details(self, job: Any) -> dict[str, Any]:
        """The run as run history shows it."""
        host = "eastus.api.azureml.ms"
        answer = self.cloud.request(
            "GET", f"/history/v1.0{self.workspace.id}/runs/{job.name}/details", host=host
        )
        assert answer.status == 200, answer.body
        return dict(answer.body)

    def error(self, job: Any) -> str:
        return str(self.details(job)["error"]["error"]["message"])


@pytest.fixture(scope="module")
def lab(emulator: Emulator) -> Iterator[Lab]:
    client = emulator.client
    cloud = client.create_cloud()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        cloud.open_door(listener)
        cloud.proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
    cloud.request(
        "PUT", f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/rg", {"location": "eastus"}
    )
    workspace = Workspace(cloud, cloud.add_workspace("rg", "ws"))
    workspace.add_cluster(most=4)
    with pytest.MonkeyPatch.context() as environment:
        for name, value in cloud.environment().items():
            environment.setenv(name, value)
        environment.setenv("AZUREML_RUN_POLLING_INTERVAL_MIN", "0")
        yield Lab(cloud, workspace, ml_client())
    cloud.close()
    client.close()


@pytest.fixture
def own_lab(signed_in: Cloud) -> Lab:
    """A lab of one test's own, where nothing was run before."""
    workspace = Workspace(signed_in, signed_in.add_workspace("rg", "ws"))
    workspace.add_cluster(most=4)
    return Lab(signed_in, workspace, ml_client())


@pytest.fixture
def code(tmp_path: Path) -> Callable[..., Path]:
    """A folder with the files that are named, as a job's code."""

    def write(**files: str) -> Path:
        folder = tmp_path / "src"
        folder.mkdir(exist_ok=True)
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text)
        return folder

    return write
