from __future__ import annotations

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
