from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator import Cloud
from course_runtime.emulator.kernel.resource import merge

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)
OBJECT = st.dictionaries(st.text(max_size=3), JSON, max_size=4)


@pytest.fixture
def network(cloud: Cloud, group_id: str) -> str:
    path = f"{group_id}/providers/Microsoft.Network/virtualNetworks/Net"
    body = {"location": "East US", "tags": {"a": "1"}, "properties": {"x": {"y": 1, "z": 2}}}
    assert cloud.request("PUT", path, body).status == 201
    return path


def test_put_makes_once_and_replaces_after(cloud: Cloud, network: str) -> None:
    replaced = cloud.request("PUT", network, {"location": "eastus", "properties": {"w": 1}})
    assert replaced.status == 200
    assert replaced.body["tags"] == {}
    assert "x" not in replaced.body["properties"]


def test_ids_match_in_any_casing_and_keep_the_first(cloud: Cloud, network: str) -> None:
    found = cloud.request("GET", network.upper()).body
    assert found["name"] == "Net"
    assert found["id"] == network


def test_system_data_keeps_who_made_it(cloud: Cloud, network: str) -> None:
    first = cloud.request("GET", network).body["systemData"]
    cloud.advance(60)
    second = cloud.request("PUT", network, {"location": "eastus"}).body["systemData"]
    assert second["createdAt"] == first["createdAt"]
    assert second["lastModifiedAt"] > first["lastModifiedAt"]


def test_patch_merges_and_null_removes(cloud: Cloud, network: str) -> None:
    patched = cloud.request(
        "PATCH", network, {"properties": {"x": {"y": None, "v": 3}}, "tags": {"b": "2"}}
    ).body
    assert patched["properties"]["x"] == {"z": 2, "v": 3}
    assert patched["tags"] == {"b": "2"}


def test_if_match_protects_what_somebody_else_changed(cloud: Cloud, network: str) -> None:
    tag = cloud.request("GET", network).headers["etag"]
    body = {"location": "eastus"}
    assert cloud.request("PUT", network, body, headers={"If-Match": tag}).status == 200
    late = cloud.request("PUT", network, body, headers={"If-Match": tag})
    assert (late.status, late.body["error"]["code"]) == (412, "PreconditionFailed")
    again = cloud.request("PUT", network, body, headers={"If-None-Match": "*"})
    assert again.status == 412


def test_delete_takes_what_lives_inside_and_is_idempotent(cloud: Cloud, network: str) -> None:
    cloud.request("PUT", f"{network}/subnets/s", {})
    assert cloud.request("DELETE", network).status == 200
    assert cloud.request("DELETE", network).status == 204
    assert cloud.request("GET", f"{network}/subnets/s").status == 404


def test_a_nested_resource_needs_its_parent(cloud: Cloud, network: str) -> None:
    answer = cloud.request("PUT", f"{network}2/subnets/s", {})
    assert (answer.status, answer.body["error"]["code"]) == (404, "ParentResourceNotFound")


def test_a_missing_group_is_named(cloud: Cloud, group_id: str) -> None:
    answer = cloud.request("GET", f"{group_id}2/providers/Microsoft.Network/virtualNetworks/n")
    assert (answer.status, answer.body["error"]["code"]) == (404, "ResourceGroupNotFound")
    assert "'rg2'" in answer.body["error"]["message"]


def test_a_missing_subscription_is_named_before_any_role_is_asked(cloud: Cloud) -> None:
    mine = cloud.token(cloud.access.object_id)
    path = "/subscriptions/11111111-1111-1111-1111-111111111111/resourceGroups/rg"
    answer = cloud.request("GET", path, token=mine)
    assert (answer.status, answer.body["error"]["code"]) == (404, "SubscriptionNotFound")


def test_a_name_azure_would_not_take_is_refused_with_the_rule(cloud: Cloud, group_id: str) -> None:
    answer = cloud.request(
        "PUT", f"{group_id}/providers/Microsoft.Network/virtualNetworks/a%3Cb", {"location": "eastus"}
    )
    assert (answer.status, answer.body["error"]["code"]) == (400, "InvalidResourceName")
    assert "without / \\ ?" in answer.body["error"]["message"]


@pytest.mark.parametrize("body", [None, [], "text", 3])
def test_a_body_that_is_no_object_is_refused(cloud: Cloud, network: str, body: Any) -> None:
    answer = cloud.request("PUT", network, body)
    assert (answer.status, answer.body["error"]["code"]) == (400, "InvalidRequestContent")


@given(OBJECT, OBJECT)
def test_merging_twice_is_merging_once(body: dict[str, Any], changes: dict[str, Any]) -> None:
    once = merge(body, changes)
    assert merge(once, changes) == once


@given(OBJECT)
def test_merging_nothing_changes_nothing(body: dict[str, Any]) -> None:
    assert merge(body, {}) == body
