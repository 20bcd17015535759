from __future__ import annotations

from typing import Any

import pytest

from ..ml import Workspace

PATH = "onlineEndpoints/e-1/deployments/blue"


@pytest.fixture
def endpoint(workspace: Workspace) -> Workspace:
    workspace.put("onlineEndpoints/e-1", {"authMode": "Key"})
    workspace.put("codes/c/versions/1", {"codeUri": "https://nowhere.blob.core.windows.net/c"})
    workspace.put("environments/e/versions/1", {"image": "python"})
    return workspace


def deployment(endpoint: Workspace, **changes: Any) -> dict[str, Any]:
    """Complete, so that it is taken; what becomes of it when it is started is not asked here."""
    code = {"codeId": f"{endpoint.id}/codes/c/versions/1", "scoringScript": "score.py"}
    environment = f"{endpoint.id}/environments/e/versions/1"
    return {
        "instanceType": "Standard_DS2_v2",
        "codeConfiguration": code,
        "environmentId": environment,
        **changes,
    }


def test_what_the_service_adds(endpoint: Workspace) -> None:
    kept = endpoint.put(PATH, deployment(endpoint), sku={"name": "Default", "capacity": 2})
    properties = kept["properties"]
    assert properties["scaleSettings"] == {"scaleType": "Default"}
    assert (kept["sku"]["capacity"], properties["endpointComputeType"]) == (2, "Managed")
    assert properties["requestSettings"]["requestTimeout"] == "PT5S"
    assert properties["readinessProbe"]["failureThreshold"] == 30
    assert properties["provisioningState"] == "Creating"


def test_instances_cost_until_the_endpoint_is_gone(endpoint: Workspace) -> None:
    endpoint.put(PATH, deployment(endpoint), sku={"name": "Default", "capacity": 2})
    assert endpoint.cloud.costs()["rate"] == pytest.approx(0.292)
    endpoint.call("DELETE", "onlineEndpoints/e-1")
    assert endpoint.cloud.costs()["rate"] == 0


def test_traffic_protects_a_deployment(endpoint: Workspace) -> None:
    endpoint.put(PATH, deployment(endpoint))
    endpoint.put("onlineEndpoints/e-1", {"authMode": "Key", "traffic": {"blue": 100}})
    assert "100 percent of the traffic" in endpoint.refusal("DELETE", PATH)[2]
    endpoint.put("onlineEndpoints/e-1", {"authMode": "Key", "traffic": {"blue": 0}})
    assert endpoint.call("DELETE", PATH).status == 202


def test_the_model_must_be_registered(endpoint: Workspace) -> None:
    model = f"{endpoint.id}/models/m/versions/1"
    assert "Register it first" in endpoint.refusal("PUT", PATH, deployment(endpoint, model=model))[2]
    endpoint.put("models/m/versions/1", {"modelUri": "https://x"})
    endpoint.put(PATH, deployment(endpoint, model=model))


def test_only_mlflow_models_need_no_script(endpoint: Workspace) -> None:
    for name, kind in (("m", "custom_model"), ("f", "mlflow_model"), ("t", "triton_model")):
        endpoint.put(f"models/{name}/versions/1", {"modelUri": "https://x", "modelType": kind})
    bare = {"codeConfiguration": None, "environmentId": None}

    def asked(name: str) -> dict[str, Any]:
        return deployment(endpoint, model=f"{endpoint.id}/models/{name}/versions/1", **bare)

    assert "the model is a 'custom_model'" in endpoint.refusal("PUT", PATH, asked("m"))[2]
    assert endpoint.refusal("PUT", PATH, asked("t"))[0] == 501
    endpoint.put(PATH, asked("f"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"environmentId": None}, "'environmentId' is required"),
        ({"requestSettings": {"requestTimeout": "PT181S"}}, "180000 ms at most"),
        ({"requestSettings": {"maxConcurrentRequestsPerInstance": 0}}, "1 at least"),
    ],
)
def test_what_cannot_run_is_refused(endpoint: Workspace, changes: dict[str, Any], said: str) -> None:
    assert said in endpoint.refusal("PUT", PATH, deployment(endpoint, **changes))[2]


def test_custom_containers_are_refused_in_words(endpoint: Workspace) -> None:
    endpoint.put("environments/own/versions/1", {"image": "nginx", "inferenceConfig": {"livenessRoute": {}}})
    asked = deployment(
        endpoint, codeConfiguration=None, environmentId=f"{endpoint.id}/environments/own/versions/1"
    )
    status, code, message = endpoint.refusal("PUT", PATH, asked)
    assert (status, code) == (501, "NotImplementedByEmulator") and "custom container" in message


def test_kubernetes_deployments_are_kept_and_say_that_they_answer_nothing(endpoint: Workspace) -> None:
    kept = endpoint.put(PATH, {"endpointComputeType": "Kubernetes"})["properties"]
    assert kept["provisioningState"] == "Succeeded"
    assert "answer no requests" in endpoint.call("POST", f"{PATH}/getLogs").body["content"]


def test_too_many_instances_are_out_of_quota(endpoint: Workspace) -> None:
    refused = endpoint.refusal("PUT", PATH, deployment(endpoint), sku={"name": "Default", "capacity": 51})
    assert refused[:2] == (400, "OutOfQuota")


def test_a_deployment_needs_its_endpoint(workspace: Workspace) -> None:
    assert workspace.refusal("PUT", PATH, {"instanceType": "x"})[:2] == (404, "ParentResourceNotFound")
