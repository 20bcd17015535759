from __future__ import annotations

from typing import Any

import pytest

from ..ml import Workspace

KUBERNETES = {"endpointComputeType": "Kubernetes"}


def add_deployment(workspace: Workspace, name: str) -> None:
    workspace.put(f"onlineEndpoints/e-1/deployments/{name}", KUBERNETES)


@pytest.fixture
def endpoint(workspace: Workspace) -> Workspace:
    workspace.put("onlineEndpoints/e-1", {"authMode": "Key"})
    return workspace


def test_sdk_makes_an_endpoint_and_reads_its_keys(client: Any) -> None:
    from azure.ai.ml.entities import ManagedOnlineEndpoint

    made = client.online_endpoints.begin_create_or_update(ManagedOnlineEndpoint(name="e-1")).result()
    assert made.scoring_uri == "https://e-1.eastus.inference.ml.azure.com/score"
    before = client.online_endpoints.get_keys("e-1")
    client.online_endpoints.begin_regenerate_keys("e-1", key_type="secondary").result()
    after = client.online_endpoints.get_keys("e-1")
    assert before.primary_key == after.primary_key and before.secondary_key != after.secondary_key


@pytest.mark.parametrize(
    ("traffic", "said"),
    [
        ({"blue": 90}, "adds up to 90"),
        ({"green": 100}, "'green', which is not there"),
        ({"blue": 101}, "0 to 100"),
    ],
)
def test_traffic_must_add_up_and_lead_somewhere(
    endpoint: Workspace, traffic: dict[str, int], said: str
) -> None:
    add_deployment(endpoint, "blue")
    assert said in endpoint.refusal("PUT", "onlineEndpoints/e-1", {"authMode": "Key", "traffic": traffic})[2]


def test_names_are_unique_in_a_region(endpoint: Workspace) -> None:
    other = Workspace(endpoint.cloud, endpoint.cloud.add_workspace("rg", "ws-two"))
    status, _, message = other.refusal("PUT", "onlineEndpoints/e-1", {"authMode": "Key"})
    assert status == 409 and "already an endpoint with the name 'e-1'" in message


@pytest.mark.parametrize("name", ["e", "1st", "ends-", "under_score", "x" * 33])
def test_names_follow_the_rule(workspace: Workspace, name: str) -> None:
    assert "3 to 32 characters" in workspace.refusal("PUT", f"onlineEndpoints/{name}", {"authMode": "Key"})[2]


def test_tokens_and_keys_exclude_each_other(endpoint: Workspace) -> None:
    assert "gives no tokens" in endpoint.refusal("POST", "onlineEndpoints/e-1/token")[2]
    endpoint.put("onlineEndpoints/e-2", {"authMode": "AMLToken"})
    assert endpoint.call("POST", "onlineEndpoints/e-2/token").body["tokenType"] == "Bearer"
    assert "has no keys" in endpoint.refusal("POST", "onlineEndpoints/e-2/listKeys")[2]


def test_batch_endpoints_have_a_place_for_their_default(workspace: Workspace) -> None:
    kept = workspace.put("batchEndpoints/b-1", {})["properties"]
    assert (kept["defaults"], kept["authMode"]) == ({"deploymentName": None}, "AADToken")
