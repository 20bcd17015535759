"""Registries: made, discovered, deleted with what Azure keeps for them."""

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator import Cloud

API = "eastus.api.azureml.ms"


@pytest.fixture
def registry_id(cloud: Cloud, group_id: str) -> str:
    path = f"{group_id}/providers/Microsoft.MachineLearningServices/registries/shared"
    assert cloud.request("PUT", path, {"location": "eastus"}).status == 201
    return path


def test_discovery_leads_to_it_by_name(cloud: Cloud, registry_id: str) -> None:
    path = "/registrymanagement/v1.0/registries/shared/discovery"
    found = cloud.request("GET", path, host=API).body
    assert (found["resourceGroup"], found["primaryRegionResourceProviderUri"]) == ("rg", f"https://{API}/")
    missing = cloud.request("GET", path.replace("shared", "nope"), host=API)
    assert missing.status == 404 and "'nope'" in missing.body["error"]["message"]


def test_deleting_it_takes_its_managed_group_along(cloud: Cloud, registry_id: str) -> None:
    managed = cloud.request("GET", registry_id).body["properties"]["managedResourceGroup"]["resourceId"]
    assert cloud.request("GET", managed).status == 200
    cloud.request("DELETE", registry_id)
    assert (cloud.request("GET", registry_id).status, cloud.request("GET", managed).status) == (404, 404)


def test_its_name_is_taken_everywhere(cloud: Cloud, group_id: str, registry_id: str) -> None:
    other = group_id.replace("/rg", "/other")
    cloud.request("PUT", other, {"location": "eastus"})
    path = registry_id.replace(group_id, other)
    refused: Any = cloud.request("PUT", path, {"location": "eastus"})
    assert (refused.status, refused.body["error"]["code"]) == (409, "RegistryNameTaken")
