from __future__ import annotations

from typing import Any

import pytest

from ..ml import Workspace, cluster


def test_a_user_assigned_identity_is_looked_up(workspace: Workspace) -> None:
    group = workspace.id.split("/providers/")[0]
    identity_id = f"{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mine"
    made = workspace.cloud.request("PUT", identity_id, {"location": "eastus"}).body["properties"]
    asked = {"type": "UserAssigned", "userAssignedIdentities": {identity_id: {}}}
    shown = workspace.put("computes/cpu-cluster", cluster(), identity=asked)["identity"]
    assert shown["userAssignedIdentities"][identity_id]["principalId"] == made["principalId"]


def test_one_that_is_not_there_is_refused(workspace: Workspace) -> None:
    asked = {"type": "UserAssigned", "userAssignedIdentities": {"/nowhere": {}}}
    assert (
        "'/nowhere' was not found" in workspace.refusal("PUT", "computes/c-1", cluster(), identity=asked)[2]
    )


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("systemassigned", "SystemAssigned"),
        ("SystemAssigned, userassigned", "SystemAssigned,UserAssigned"),
        ("none", "None"),
    ],
)
def test_types_are_written_as_azure_writes_them(workspace: Workspace, asked: str, shown: str) -> None:
    made = workspace.put("computes/cpu-cluster", cluster(), identity={"type": asked})
    assert made["identity"]["type"] == shown


def test_an_unknown_type_is_refused(workspace: Workspace) -> None:
    status, code, message = workspace.refusal("PUT", "computes/c-1", cluster(), identity={"type": "Mine"})
    assert (status, code) == (400, "InvalidIdentityType") and "'Mine'" in message


def test_what_is_no_identity_is_not_taken_for_one(workspace: Workspace) -> None:
    asked = {"type": "UserAssigned", "userAssignedIdentities": {workspace.id: {}}}
    assert "was not found" in workspace.refusal("PUT", "computes/c-1", cluster(), identity=asked)[2]


def test_a_workspace_may_trade_its_identity_for_others(client: Any, workspace: Workspace) -> None:
    from azure.ai.ml.entities import IdentityConfiguration, ManagedIdentityConfiguration

    group = workspace.id.split("/providers/")[0]
    identity_id = f"{group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/mine"
    made = workspace.cloud.request("PUT", identity_id, {"location": "eastus"}).body["properties"]
    mine = ManagedIdentityConfiguration(resource_id=identity_id)
    both = IdentityConfiguration(type="system_assigned,user_assigned", user_assigned_identities=[mine])
    found = client.workspaces.get("ws")
    found.identity = both
    shown = client.workspaces.begin_update(found).result().identity
    assert shown.type == "system_assigned,user_assigned"
    assert shown.principal_id
    kept = workspace.cloud.request("GET", workspace.id).body["identity"]["userAssignedIdentities"]
    assert kept == {identity_id: {"principalId": made["principalId"], "clientId": made["clientId"]}}
