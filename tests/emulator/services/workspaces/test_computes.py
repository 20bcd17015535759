"""What all compute targets share, through the SDK and over REST."""

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator import Cloud

from ..ml import DS3, Workspace, cluster


def test_sdk_creates_updates_lists_and_deletes_a_cluster(client: Any) -> None:
    from azure.ai.ml.entities import AmlCompute

    made = client.compute.begin_create_or_update(
        AmlCompute(
            name="cpu-cluster", size=DS3, min_instances=0, max_instances=2, idle_time_before_scale_down=120
        )
    ).result()
    assert (made.provisioning_state, made.tier, made.max_instances, made.location) == (
        "Succeeded",
        "dedicated",
        2,
        "eastus",
    )
    made.max_instances = 4
    assert client.compute.begin_update(made).result().max_instances == 4
    assert [one.name for one in client.compute.list()] == ["cpu-cluster"]
    client.compute.begin_delete("cpu-cluster").result()
    assert list(client.compute.list()) == []


def test_sdk_stops_starts_and_restarts_an_instance(client: Any) -> None:
    from azure.ai.ml.entities import ComputeInstance

    client.compute.begin_create_or_update(ComputeInstance(name="my-instance", size=DS3)).result()
    states = []
    for begin in (client.compute.begin_stop, client.compute.begin_start, client.compute.begin_restart):
        begin("my-instance").result()
        found = client.compute.get("my-instance")
        states.append((found.state, found.last_operation["operationName"]))
    assert states == [("Stopped", "Stop"), ("Running", "Start"), ("Running", "Restart")]


def test_put_leads_to_an_operation_and_delete_to_a_location(workspace: Workspace) -> None:
    made = workspace.call("PUT", "computes/cpu-cluster", {"properties": cluster()})
    gone = workspace.call("DELETE", "computes/cpu-cluster")
    assert (made.status, gone.status) == (201, 202)
    for url in (made.headers["azure-asyncoperation"], gone.headers["location"]):
        path = url.removeprefix("https://management.azure.com")
        assert workspace.cloud.request("GET", path).body == {"status": "Succeeded"}


def test_node_password_is_never_shown(workspace: Workspace) -> None:
    account = {"adminUserName": "me", "adminUserPassword": "hunter2"}
    workspace.add_cluster(userAccountCredentials=account)
    assert workspace.get("computes/cpu-cluster")["properties"]["properties"]["userAccountCredentials"] == {
        "adminUserName": "me"
    }


@pytest.mark.parametrize("name", ["ab", "1st", "ends-", "under_score", "x" * 33])
def test_invalid_names_are_refused_with_the_rule(workspace: Workspace, name: str) -> None:
    status, code, message = workspace.refusal("PUT", f"computes/{name}", cluster())
    assert (status, code) == (400, "InvalidComputeName")
    assert f"'{name}'" in message and "3 to 32 characters" in message


def test_unknown_kind_names_the_kinds(workspace: Workspace) -> None:
    status, _, message = workspace.refusal("PUT", "computes/c-1", {"computeType": "Toaster"})
    assert status == 400 and "'Toaster'" in message and "AmlCompute, ComputeInstance" in message


def test_a_name_holds_one_kind(workspace: Workspace) -> None:
    workspace.add_cluster("shared")
    status, code, message = workspace.refusal(
        "PUT", "computes/shared", {"computeType": "ComputeInstance", "properties": {"vmSize": DS3}}
    )
    assert (status, code) == (409, "ComputeNameAlreadyInUse") and "'AmlCompute'" in message


def test_clusters_cannot_be_stopped(workspace: Workspace) -> None:
    workspace.add_cluster()
    status, _, message = workspace.refusal("POST", "computes/cpu-cluster/stop")
    assert status == 400 and "compute instances" in message


def test_data_scientist_may_not_create_compute_and_the_refusal_names_the_action(new_cloud: Any) -> None:
    cloud: Cloud = new_cloud("AzureML Data Scientist")
    workspace = Workspace(cloud, cloud.add_workspace("rg", "ws"), cloud.token(cloud.access.object_id))
    status, code, message = workspace.refusal("PUT", "computes/cpu-cluster", cluster())
    assert (status, code) == (403, "AuthorizationFailed")
    assert "'Microsoft.MachineLearningServices/workspaces/computes/write'" in message
    assert workspace.call("GET", "computes").status == 200


def test_name_check_tells_a_taken_instance_name(workspace: Workspace) -> None:
    workspace.add_instance("mine")
    answers = [
        workspace.call("POST", "checkComputeNameAvailability", {"Name": name}).body["nameAvailable"]
        for name in ("mine", "free")
    ]
    assert answers == [False, True]


def test_system_assigned_identity_gets_a_principal(workspace: Workspace) -> None:
    body = workspace.put("computes/cpu-cluster", cluster(), identity={"type": "SystemAssigned"})
    again = workspace.put("computes/cpu-cluster", cluster(), identity={"type": "SystemAssigned"})
    assert body["identity"]["principalId"] == again["identity"]["principalId"]
    assert workspace.cloud.token(body["identity"]["principalId"])
