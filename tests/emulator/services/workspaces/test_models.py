from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..ml import Workspace

ARTIFACTS = "/datastores/workspaceartifactstore/paths/ExperimentRun/dcid.job-1/model"


def test_sdk_registers_archives_and_downloads_a_model(client: Any, tmp_path: Path) -> None:
    from azure.ai.ml.entities import Model

    (tmp_path / "model.txt").write_text("weights")
    made = client.models.create_or_update(
        Model(name="m", path=str(tmp_path / "model.txt"), tags={"auc": "0.9"})
    )
    assert (made.version, made.type, made.tags) == ("1", "custom_model", {"auc": "0.9"})
    client.models.download("m", "1", download_path=str(tmp_path / "down"))
    assert next((tmp_path / "down").rglob("model.txt")).read_text() == "weights"
    client.models.archive("m", version="1")
    assert list(client.models.list("m")) == []


@pytest.mark.parametrize(
    "uri",
    ["azureml://jobs/job-1/outputs/artifacts/paths/model", "runs:/job-1/model"],
)
def test_a_jobs_output_is_resolved_and_remembered(workspace: Workspace, uri: str) -> None:
    kept = workspace.put("models/m/versions/1", {"modelUri": uri, "modelType": "mlflow_model"})["properties"]
    assert kept["modelUri"].endswith(ARTIFACTS) and kept["modelUri"].startswith("azureml://subscriptions/")
    assert (kept["jobName"], kept["flavors"]) == ("job-1", {})
    workspace.put("models/m/versions/1", {"modelUri": uri, "modelType": "mlflow_model"})


def test_a_named_output_lies_where_the_job_put_it(workspace: Workspace) -> None:
    outputs = {"best": {"jobOutputType": "uri_folder", "uri": "azureml://datastores/lake/paths/models/"}}
    workspace.put("jobs/job-1", {"jobType": "Command", "command": "true", "outputs": outputs})
    uri = "azureml://jobs/job-1/outputs/best/paths/final"
    assert workspace.put("models/m/versions/1", {"modelUri": uri})["properties"]["modelUri"] == (
        "azureml://datastores/lake/paths/models/final"
    )


def test_the_stage_may_change_and_filters(workspace: Workspace) -> None:
    for version in ("1", "2"):
        workspace.put(f"models/m/versions/{version}", {"modelUri": "https://x/y"})
    workspace.put("models/m/versions/2", {"modelUri": "https://x/y", "stage": "Production"})
    assert workspace.names("models/m/versions?stage=Production") == ["2"]


@pytest.mark.parametrize("changes", [{"modelUri": None}, {"modelType": "clay"}])
def test_wrong_ones_are_refused(workspace: Workspace, changes: dict[str, Any]) -> None:
    assert workspace.refusal("PUT", "models/m/versions/1", {"modelUri": "https://x"} | changes)[0] == 400
