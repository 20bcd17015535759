from __future__ import annotations

from ..ml import Workspace

GROUP = "/subscriptions/s/resourceGroups/g/providers"


def test_a_virtual_machine_is_attached_and_its_password_kept_apart(workspace: Workspace) -> None:
    account = {"username": "me", "password": "hunter2"}
    properties = {
        "computeType": "VirtualMachine",
        "resourceId": f"{GROUP}/Microsoft.Compute/virtualMachines/vm-1",
        "properties": {"address": "10.1.2.3", "administratorAccount": account},
    }
    workspace.put("computes/my-vm", properties)
    shown = workspace.get("computes/my-vm")["properties"]
    assert shown["isAttachedCompute"] and shown["properties"]["administratorAccount"] == {"username": "me"}
    keys = workspace.call("POST", "computes/my-vm/listKeys").body
    assert keys["administratorAccount"] == account


def test_kubernetes_gets_a_namespace(workspace: Workspace) -> None:
    properties = {
        "computeType": "Kubernetes",
        "resourceId": f"{GROUP}/Microsoft.ContainerService/managedClusters/k",
    }
    shown = workspace.put("computes/k8s", properties)["properties"]["properties"]
    assert (shown["namespace"], shown["defaultInstanceType"]) == ("default", "defaultinstancetype")


def test_the_wrong_kind_of_resource_is_refused(workspace: Workspace) -> None:
    properties = {
        "computeType": "Kubernetes",
        "resourceId": f"{GROUP}/Microsoft.Compute/virtualMachines/vm-1",
    }
    status, _, message = workspace.refusal("PUT", "computes/k8s", properties)
    assert status == 400 and "Microsoft.ContainerService/managedClusters" in message and "vm-1" in message
