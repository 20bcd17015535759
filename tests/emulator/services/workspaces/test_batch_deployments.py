from __future__ import annotations

from typing import Any

import pytest

from ..ml import Workspace

PATH = "batchEndpoints/b-1/deployments/d"


@pytest.fixture
def endpoint(workspace: Workspace) -> Workspace:
    workspace.add_cluster("cpu")
    workspace.put("batchEndpoints/b-1", {})
    workspace.put("models/m/versions/1", {"modelUri": "https://x", "modelType": "mlflow_model"})
    return workspace


def deployment(endpoint: Workspace, **changes: Any) -> dict[str, Any]:
    model = {"assetId": f"{endpoint.id}/models/m/versions/1"}
    return {"model": model, "compute": f"{endpoint.id}/computes/cpu", **changes}


def test_what_the_service_adds(endpoint: Workspace) -> None:
    kept = endpoint.put(PATH, deployment(endpoint))["properties"]
    assert kept["model"]["referenceType"] == "Id"
    assert (kept["outputAction"], kept["outputFileName"], kept["errorThreshold"]) == (
        "AppendRow",
        "predictions.csv",
        -1,
    )
    assert (kept["miniBatchSize"], kept["retrySettings"]["maxRetries"]) == (10, 3)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"compute": None}, "'compute' is required"),
        ({"outputAction": "Print"}, "'Print' is not an outputAction"),
        ({"miniBatchSize": 0}, "1 at least"),
        ({"errorThreshold": -2}, "-1 (all may fail)"),
        ({"retrySettings": {"timeout": "soon"}}, "not an ISO 8601 duration"),
    ],
)
def test_what_cannot_run_is_refused(endpoint: Workspace, changes: dict[str, Any], said: str) -> None:
    assert said in endpoint.refusal("PUT", PATH, deployment(endpoint, **changes))[2]


def test_the_cluster_must_be_there(endpoint: Workspace) -> None:
    gone = deployment(endpoint, compute=f"{endpoint.id}/computes/gone")
    assert "'gone' was not found" in endpoint.refusal("PUT", PATH, gone)[2]


def test_the_default_must_be_a_deployment_and_cannot_be_deleted(endpoint: Workspace) -> None:
    defaults = {"defaults": {"deploymentName": "d"}}
    assert "'d' is not there" in endpoint.refusal("PUT", "batchEndpoints/b-1", defaults)[2]
    endpoint.put(PATH, deployment(endpoint))
    endpoint.put("batchEndpoints/b-1", defaults)
    assert "it is the default" in endpoint.refusal("DELETE", PATH)[2]
