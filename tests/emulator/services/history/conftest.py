"""A workspace in a cloud of its own, and MLflow led to it: by azureml-mlflow, or plain."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from typing import Any

import pytest

from course_runtime.emulator import Cloud

from ..ml import Workspace, ml_client


@pytest.fixture
def workspace(cloud: Cloud) -> Workspace:
    return Workspace(cloud, cloud.add_workspace("rg", "ws"))


@pytest.fixture
def client(signed_in: Cloud, workspace: Workspace) -> Any:
    return ml_client()


def tracking_uri(workspace: Workspace) -> str:
    return str(workspace.cloud.request("GET", workspace.id).body["properties"]["mlFlowTrackingUri"])


@pytest.fixture
def track(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, bool], Any]]:
    """Leads MLflow of this process to a tracking server; to nowhere again afterwards."""
    import mlflow

    monkeypatch.setenv("MLFLOW_DISABLE_TELEMETRY", "true")
    monkeypatch.setenv("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    # The experiment that `set_experiment` chose in another test.
    monkeypatch.setattr(mlflow.tracking.fluent, "_active_experiment_id", None)
    before = mlflow.get_tracking_uri()

    def lead(uri: str, plain: bool) -> Any:
        if plain:
            from azure.identity import EnvironmentCredential

            token = EnvironmentCredential().get_token("https://management.azure.com/.default").token
            monkeypatch.setenv("MLFLOW_TRACKING_TOKEN", token)
            uri = uri.replace("azureml://", "https://")
        mlflow.set_tracking_uri(uri)
        mlflow.set_registry_uri(None)
        return mlflow

    # MLflow prints a line with a link for each run.
    with redirect_stdout(io.StringIO()):
        yield lead
        while mlflow.active_run():
            mlflow.end_run()
    mlflow.set_tracking_uri(before)
    mlflow.set_registry_uri(None)
    for name in ("MLFLOW_RUN_ID", "MLFLOW_EXPERIMENT_ID"):
        os.environ.pop(name, None)


@pytest.fixture
def mlflow(signed_in: Cloud, workspace: Workspace, track: Callable[[str, bool], Any]) -> Any:
    """MLflow with azureml-mlflow, as in a notebook."""
    return track(tracking_uri(workspace), False)


@pytest.fixture(params=["azureml", "https"])
def either_mlflow(
    signed_in: Cloud, workspace: Workspace, track: Callable[[str, bool], Any], request: pytest.FixtureRequest
) -> Any:
    """MLflow with azureml-mlflow, then without it."""
    return track(tracking_uri(workspace), request.param == "https")
