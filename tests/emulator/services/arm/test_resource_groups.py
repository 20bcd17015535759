"""Resource groups as azure-mgmt-resource sees them."""

from __future__ import annotations

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.mgmt.resource import ResourceManagementClient

from course_runtime.emulator import Cloud


@pytest.fixture
def resources(signed_in: Cloud) -> ResourceManagementClient:
    return ResourceManagementClient(DefaultAzureCredential(), signed_in.access.subscription_id)


def test_the_life_of_a_group(resources: ResourceManagementClient) -> None:
    groups = resources.resource_groups
    assert not groups.check_existence("new")
    made = groups.create_or_update("new", {"location": "West Europe", "tags": {"a": "b"}})
    assert (made.location, made.tags) == ("westeurope", {"a": "b"})
    assert groups.check_existence("NEW")
    assert {one.name for one in groups.list()} == {"rg", "new"}
    assert groups.update("new", {"tags": {"c": "d"}}).tags == {"c": "d"}
    groups.begin_delete("new").result()
    with pytest.raises(ResourceNotFoundError, match="Resource group 'new' could not be found"):
        groups.get("new")


@pytest.mark.parametrize("name", ["a.", "a b", "x" * 91, "a@b"])
def test_a_name_azure_would_not_take(resources: ResourceManagementClient, name: str) -> None:
    with pytest.raises((HttpResponseError, ValueError)):
        resources.resource_groups.create_or_update(name, {"location": "eastus"})


def test_a_group_stays_where_it_is(resources: ResourceManagementClient) -> None:
    with pytest.raises(HttpResponseError, match="InvalidResourceGroupLocation"):
        resources.resource_groups.create_or_update("rg", {"location": "westus"})
    with pytest.raises(HttpResponseError, match="'mars' is not available"):
        resources.resource_groups.create_or_update("new", {"location": "mars"})
    with pytest.raises(HttpResponseError, match="LocationRequired"):
        resources.resource_groups.create_or_update("new", {})  # type: ignore[arg-type]


def test_a_group_goes_with_all_that_is_in_it(
    resources: ResourceManagementClient, signed_in: Cloud, group_id: str
) -> None:
    inside = f"{group_id}/providers/Microsoft.Network/virtualNetworks/n"
    signed_in.request("PUT", inside, {"location": "eastus"})
    resources.resource_groups.begin_delete("rg").result()
    assert signed_in.request("GET", inside).body["error"]["code"] == "ResourceGroupNotFound"
