from __future__ import annotations

from typing import Any

import pytest

from ..ml import Workspace

PATH = "onlineEndpoints/e-1/deployments/blue"


@pytest.fixture
def endpoint(workspace: Workspace) -> Workspace:
    workspace.put("onlineEndpoints/e-1", {"authMode": "Key"})
    return workspace


def deployment(**changes: Any) -> dict[str, Any]:
    return {"instanceType": "Standard_DS2_v2", **changes}


def test_scale_settings_are_added(endpoint: Workspace) -> None:
    kept = endpoint.put(PATH, deployment(), sku={"name": "Default", "capacity": 2})
    assert kept["properties"]["scaleSettings"] == {"scaleType": "Default"}
    assert (kept["sku"]["capacity"], kept["properties"]["endpointComputeType"]) == (2, "Managed")


def test_instances_cost_until_the_endpoint_is_gone(endpoint: Workspace) -> None:
    endpoint.put(PATH, deployment(), sku={"name": "Default", "capacity": 2})
    assert endpoint.cloud.costs()["rate"] == pytest.approx(0.292)
    endpoint.call("DELETE", "onlineEndpoints/e-1")
    assert endpoint.cloud.costs()["rate"] == 0


def test_traffic_protects_a_deployment(endpoint: Workspace) -> None:
    endpoint.put(PATH, deployment())
    endpoint.put("onlineEndpoints/e-1", {"authMode": "Key", "traffic": {"blue": 100}})
    assert "100 percent of the traffic" in endpoint.refusal("DELETE", PATH)[2]
    endpoint.put("onlineEndpoints/e-1", {"authMode": "Key", "traffic": {"blue": 0}})
    assert endpoint.call("DELETE", PATH).status == 202


def test_the_model_must_be_registered(endpoint: Workspace) -> None:
    model = f"{endpoint.id}/models/m/versions/1"
    assert "Register it first" in endpoint.refusal("PUT", PATH, deployment(model=model))[2]
    endpoint.put("models/m/versions/1", {"modelUri": "https://x"})
    endpoint.put(PATH, deployment(model=model))


def test_too_many_instances_are_out_of_quota(endpoint: Workspace) -> None:
    refused = endpoint.refusal("PUT", PATH, deployment(), sku={"name": "Default", "capacity": 51})
    assert refused[:2] == (400, "OutOfQuota")


def test_a_deployment_needs_its_endpoint(workspace: Workspace) -> None:
    assert workspace.refusal("PUT", PATH, deployment())[:2] == (404, "ParentResourceNotFound")


def test_batch_models_get_their_reference_type(workspace: Workspace) -> None:
    workspace.put("batchEndpoints/b-1", {})
    workspace.put("models/m/versions/1", {"modelUri": "https://x"})
    body = {"model": {"assetId": f"{workspace.id}/models/m/versions/1"}}
    kept = workspace.put("batchEndpoints/b-1/deployments/d", body)["properties"]
    assert kept["model"]["referenceType"] == "Id"
