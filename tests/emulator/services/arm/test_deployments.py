"""Deployments as azure-mgmt-resource and MLClient make them."""

from __future__ import annotations

from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError
from azure.identity import DefaultAzureCredential
from azure.mgmt.resource import ResourceManagementClient

from course_runtime.emulator import Cloud

NETWORK = {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-01-01", "location": "eastus"}


@pytest.fixture
def resources(signed_in: Cloud) -> ResourceManagementClient:
    return ResourceManagementClient(DefaultAzureCredential(), signed_in.access.subscription_id)


def deploy(resources: ResourceManagementClient, template: dict[str, Any], **parameters: Any) -> Any:
    given = {name: {"value": value} for name, value in parameters.items()}
    properties = {"mode": "Incremental", "template": template, "parameters": given}
    return resources.deployments.begin_create_or_update("rg", "d", {"properties": properties}).result()


def test_a_template_is_carried_out_and_its_outputs_kept(resources: ResourceManagementClient) -> None:
    template = {
        "parameters": {"name": {"type": "string"}, "key": {"type": "secureString"}},
        "resources": [{**NETWORK, "name": "[parameters('name')]"}],
        "outputs": {"where": {"type": "string", "value": "[resourceGroup().location]"}},
    }
    done = deploy(resources, template, name="net", key="hidden")
    assert done.properties.provisioning_state == "Succeeded"
    assert done.properties.outputs == {"where": {"type": "string", "value": "eastus"}}
    assert "hidden" not in str(done.as_dict())
    assert [one.name for one in resources.resources.list_by_resource_group("rg")] == ["net"]
    (operation,) = resources.deployment_operations.list("rg", "d")
    assert operation.properties.target_resource.resource_name == "net"


def test_a_template_that_fails_leaves_nothing(resources: ResourceManagementClient) -> None:
    template = {"resources": [{**NETWORK, "name": "net"}, {**NETWORK, "name": "mars", "location": "mars"}]}
    with pytest.raises(HttpResponseError, match="'mars' is not available"):
        deploy(resources, template)
    assert list(resources.resources.list_by_resource_group("rg")) == []


def test_validation_changes_nothing(resources: ResourceManagementClient) -> None:
    properties: Any = {"mode": "Incremental", "template": {"resources": [{**NETWORK, "name": "net"}]}}
    resources.deployments.begin_validate("rg", "d", {"properties": properties}).result()
    assert list(resources.resources.list_by_resource_group("rg")) == []
    with pytest.raises(HttpResponseError, match="DeploymentNotFound"):
        resources.deployments.get("rg", "d")


def test_nested_deployments_keep_their_own_expressions(resources: ResourceManagementClient) -> None:
    inner = {
        "parameters": {"name": {"type": "string"}},
        "resources": [{**NETWORK, "name": "[parameters('name')]"}],
    }
    nested = {
        "type": "Microsoft.Resources/deployments",
        "apiVersion": "2021-04-01",
        "name": "inner",
        "properties": {
            "mode": "Incremental",
            "expressionEvaluationOptions": {"scope": "inner"},
            "template": inner,
            "parameters": {"name": {"value": "[concat('a', 'b')]"}},
        },
    }
    deploy(resources, {"resources": [nested]})
    assert [one.name for one in resources.resources.list_by_resource_group("rg")] == ["ab"]


def test_a_deployment_is_made_with_the_callers_own_rights(
    new_cloud: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = new_cloud("Reader")
    for name, value in cloud.environment().items():
        monkeypatch.setenv(name, value)
    client = ResourceManagementClient(DefaultAzureCredential(), cloud.access.subscription_id)
    with pytest.raises(HttpResponseError, match=r"Microsoft\.Resources/deployments/write"):
        deploy(client, {"resources": []})


@pytest.mark.filterwarnings("ignore")
def test_mlclient_makes_a_workspace_with_all_it_stands_on(signed_in: Cloud) -> None:
    from azure.ai.ml import MLClient
    from azure.ai.ml.entities import Workspace

    client = MLClient(DefaultAzureCredential(), signed_in.access.subscription_id, "rg")
    made = client.workspaces.begin_create(
        Workspace(name="mine", location="westeurope", tags={"a": "b"})
    ).result()
    assert (made.location, made.tags["a"]) == ("westeurope", "b")
    assert "/storageAccounts/" in made.storage_account and "/vaults/" in made.key_vault
    client.workspaces.begin_delete("mine", delete_dependent_resources=True).result()
    assert list(client.workspaces.list()) == []
