"""Limits and use, family by family."""

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator import Cloud
from course_runtime.emulator.services.arm.quota import LOW_PRIORITY, TOTAL

from ..ml import Workspace, cluster

ML = "providers/Microsoft.MachineLearningServices/locations/eastus"


def usage(cloud: Cloud) -> dict[str, tuple[int, int]]:
    found: list[dict[str, Any]] = cloud.request(
        "GET", f"/subscriptions/{cloud.access.subscription_id}/{ML}/usages"
    ).body["value"]
    return {one["name"]["value"]: (one["currentValue"], one["limit"]) for one in found}


@pytest.fixture
def workspace(cloud: Cloud) -> Workspace:
    return Workspace(cloud, cloud.add_workspace("rg", "ws"))


def test_nodes_and_instances_use_cores(workspace: Workspace) -> None:
    workspace.put("computes/cpu-cluster", cluster(least=2))
    workspace.add_instance(vmSize="Standard_DS3_v2")
    shown = usage(workspace.cloud)
    assert shown["standardDSv2Family"] == (12, 100) and shown[TOTAL][0] == 12 and shown[LOW_PRIORITY][0] == 0


def test_low_priority_counts_apart(workspace: Workspace) -> None:
    workspace.put("computes/cpu-cluster", cluster(least=2, vmPriority="LowPriority"))
    shown = usage(workspace.cloud)
    assert shown["standardDSv2Family"][0] == 0 and shown[LOW_PRIORITY][0] == 8


def test_deleting_gives_the_cores_back(workspace: Workspace) -> None:
    workspace.add_instance()
    workspace.call("DELETE", "computes/my-instance")
    assert usage(workspace.cloud)["standardDSv2Family"][0] == 0


def test_only_the_master_sets_a_limit(cloud: Cloud) -> None:
    path = f"/subscriptions/{cloud.access.subscription_id}/{ML}/providers/Microsoft.Quota/quotas/standardDSv2Family"
    body = {"properties": {"limit": {"value": 7}}}
    refused = cloud.request("PUT", path, body, token=cloud.token(cloud.access.object_id))
    assert (refused.status, refused.body["error"]["code"]) == (400, "ContactSupport")
    assert usage(cloud)["standardDSv2Family"] == (0, 100)
    assert cloud.request("PUT", path, body).status == 201
    assert usage(cloud)["standardDSv2Family"] == (0, 7)
