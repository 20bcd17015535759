"""The rules that teach, as a student meets them: the whole message, through the real SDK."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from azure.core.exceptions import HttpResponseError

from course_runtime.emulator import Cloud
from course_runtime.emulator.services.arm import vm_sizes

from ..ml import Workspace, ml_client

STORE = "azureml://datastores/workspaceblobstore/paths"


def told(call: Callable[..., Any], *values: Any, **named: Any) -> tuple[int, str, str]:
    """Status, code and message of a refusal."""
    with pytest.raises(HttpResponseError) as refused:
        result = call(*values, **named)
        result.result()
    error = refused.value.error
    assert error is not None, refused.value
    return refused.value.status_code or 0, str(error.code), str(error.message)


def cluster(size: str = "Standard_DS3_v2", name: str = "cpu-cluster", most: int = 2, least: int = 0) -> Any:
    from azure.ai.ml.entities import AmlCompute

    return AmlCompute(name=name, size=size, min_instances=least, max_instances=most)


def instance(name: str) -> Any:
    from azure.ai.ml.entities import ComputeInstance

    return ComputeInstance(name=name, size="Standard_DS2_v2")


def test_quota_exceeded_names_the_numbers(client: Any) -> None:
    assert told(client.compute.begin_create_or_update, cluster(most=26)) == (
        400,
        "ClusterMaxNodesExceedCoreQuota",
        "Operation results in exceeding quota limits of Core. Maximum allowed: 100, Current in use: 0, Additional "
        "requested: 104 (26 x Standard_DS3_v2 of 4 vCPUs, quota 'standardDSv2Family' in 'eastus'). Please read more "
        "about quota increase at https://aka.ms/azuremlquota.",
    )


def test_a_taken_name_says_where_it_is_taken(client: Any, workspace: Workspace) -> None:
    workspace.cloud.add_workspace("rg", "other")
    client.compute.begin_create_or_update(instance("my-instance")).result()
    assert told(ml_client("other").compute.begin_create_or_update, instance("my-instance")) == (
        409,
        "ComputeNameAlreadyInUse",
        "The compute instance name 'my-instance' is already taken in the region 'eastus'. The name must be unique "
        "across all existing computes within an Azure region.",
    )


def test_a_name_in_use_by_another_kind_is_refused(client: Any) -> None:
    client.compute.begin_create_or_update(cluster(name="my-compute")).result()
    assert told(client.compute.begin_create_or_update, instance("my-compute")) == (
        409,
        "ComputeNameAlreadyInUse",
        "The workspace already has a compute named 'my-compute', of type 'AmlCompute'. Choose another name for the "
        "'ComputeInstance', or delete the other first.",
    )


@pytest.mark.parametrize("name", ["1-cluster", "my_cluster", "ends-", "x" * 33])
def test_an_invalid_name_is_told_the_rule(client: Any, name: str) -> None:
    assert told(client.compute.begin_create_or_update, cluster(name=name)) == (
        400,
        "InvalidComputeName",
        f"The compute name '{name}' is invalid. The name of a compute of type 'AmlCompute' must have 3 to 32 "
        "characters, start with a letter, end with a letter or digit, and hold only letters, digits and hyphens.",
    )


def test_a_size_that_the_region_lacks_is_told_which_it_has(signed_in: Cloud) -> None:
    signed_in.add_workspace("rg", "brazil", "brazilsouth")
    offered = ", ".join(size.name for size in vm_sizes.in_region("brazilsouth"))
    assert told(ml_client("brazil").compute.begin_create_or_update, cluster("Standard_NC6s_v3")) == (
        400,
        "InvalidVmSize",
        "The VM size 'Standard_NC6s_v3' is not available in the region 'brazilsouth'. Supported VM sizes: "
        f"{offered}.",
    )


def test_an_unknown_size_is_told_which_there_are(client: Any) -> None:
    offered = ", ".join(size.name for size in vm_sizes.in_region("eastus"))
    assert told(client.compute.begin_create_or_update, cluster("Standard_Huge")) == (
        400,
        "InvalidVmSize",
        "The VM size 'Standard_Huge' is not a VM size that is supported in the region 'eastus'. Supported VM sizes: "
        f"{offered}.",
    )


def test_a_missing_role_is_named_by_its_action(
    new_cloud: Callable[..., Cloud], monkeypatch: pytest.MonkeyPatch
) -> None:
    cloud = new_cloud("Reader")
    workspace_id = cloud.add_workspace("rg", "ws")
    for name, value in cloud.environment().items():
        monkeypatch.setenv(name, value)
    me = cloud.access.object_id
    status, code, message = told(ml_client().compute.begin_create_or_update, cluster())
    assert (status, code) == (403, "AuthorizationFailed")
    assert message.removeprefix("The client ").partition(" with ")[2] == (
        f"object id '{me}' does not have authorization to perform action "
        "'Microsoft.MachineLearningServices/workspaces/computes/write' over scope "
        f"'{workspace_id}/computes/cpu-cluster' or the scope is invalid. "
        "If access was recently granted, please refresh your credentials."
    )


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("workspaceblobstore", "it is the default datastore"),
        ("workspacefilestore", "it is one that every workspace has"),
    ],
)
def test_a_datastore_in_use_is_not_deleted(client: Any, name: str, reason: str) -> None:
    assert told(client.datastores.delete, name) == (
        400,
        "UserError",
        f"The datastore '{name}' cannot be deleted: {reason}.",
    )


def test_an_unknown_version_is_told_the_known_ones(client: Any) -> None:
    from azure.ai.ml.entities import Data

    for version in ("1", "2"):
        client.data.create_or_update(Data(name="d", version=version, path=f"{STORE}/a", type="uri_file"))
    assert told(client.data.get, "d", "3") == (
        404,
        "UserError",
        "Not found: data with name 'd' and version '3' (versions that are there: '1', '2'). It is not in the workspace "
        "'ws'.",
    )


def test_registered_content_cannot_be_changed(client: Any) -> None:
    from azure.ai.ml.entities import Environment

    client.environments.create_or_update(Environment(name="e", version="1", image="one:1"))
    assert told(client.environments.create_or_update, Environment(name="e", version="1", image="two:1")) == (
        409,
        "UserError",
        "A environment version with this name and version already exists (e:1). If you are trying to create a new "
        "environment version, use a different name or version. If you are trying to update an existing environment "
        "version, the existing asset's image cannot be changed. Only tags, description, and isArchived can be updated.",
    )


def test_the_bill_counts_clusters_and_instances_by_the_clock(client: Any, workspace: Workspace) -> None:
    client.compute.begin_create_or_update(cluster(least=2)).result()
    client.compute.begin_create_or_update(instance("my-instance")).result()
    workspace.cloud.advance(1800)
    client.compute.begin_stop("my-instance").result()
    client.compute.begin_delete("cpu-cluster").result()
    workspace.cloud.advance(3600)
    bill = workspace.cloud.costs()
    hours = {one["id"].rsplit("/", 1)[1]: one["billed_hours"] for one in bill["resources"]}
    assert hours == {"cpu-cluster": pytest.approx(0.5, abs=0.01), "my-instance": pytest.approx(0.5, abs=0.01)}
    prices = [2 * vm_sizes.find("Standard_DS3_v2").price(), vm_sizes.find("Standard_DS2_v2").price()]  # type: ignore[union-attr]
    assert bill["spent"] == pytest.approx(sum(prices) / 2, rel=0.01)
    assert bill["rate"] == 0
