from __future__ import annotations

import pytest
from azure.identity import DefaultAzureCredential
from azure.mgmt.resource import ResourceManagementClient

from course_runtime.emulator import Cloud


@pytest.fixture
def resources(signed_in: Cloud, group_id: str) -> ResourceManagementClient:
    for name, tags in (("one", {"team": "a"}), ("two", {"team": "b"})):
        body = {"location": "eastus", "tags": tags}
        signed_in.request("PUT", f"{group_id}/providers/Microsoft.Network/virtualNetworks/{name}", body)
    signed_in.request("PUT", f"{group_id}/providers/Microsoft.Network/virtualNetworks/one/subnets/s", {})
    signed_in.request(
        "PUT", f"{group_id}/providers/Microsoft.Storage/storageAccounts/three", {"location": "westus"}
    )
    return ResourceManagementClient(DefaultAzureCredential(), signed_in.access.subscription_id)


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (None, ["one", "two", "three"]),
        ("resourceType eq 'Microsoft.Storage/storageAccounts'", ["three"]),
        ("resourcetype eq 'microsoft.network/virtualnetworks' and name eq 'TWO'", ["two"]),
        ("name eq 'one' or name eq 'three'", ["one", "three"]),
        ("location eq 'westus'", ["three"]),
        ("tagName eq 'team' and tagValue eq 'b'", ["two"]),
        ("name eq 'nothing'", []),
    ],
)
def test_filters(resources: ResourceManagementClient, wanted: str | None, names: list[str]) -> None:
    assert [one.name for one in resources.resources.list(filter=wanted)] == names


@pytest.mark.parametrize(
    "wanted", ["name", "name eq one", "size gt 3", "name eq 'a' xor name eq 'b'", " " * 60_000 + "x"]
)
def test_a_filter_nobody_understands_is_refused(cloud: Cloud, group_id: str, wanted: str) -> None:
    answer = cloud.request("GET", f"{group_id}/resources?$filter={wanted.replace(' ', '+')}")
    assert answer.status == 400


def test_pages_lead_from_one_to_the_next(resources: ResourceManagementClient) -> None:
    pages = resources.resources.list_by_resource_group("rg", top=2).by_page()
    assert [[one.name for one in page] for page in pages] == [["one", "two"], ["three"]]
