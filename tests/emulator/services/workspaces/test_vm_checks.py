"""Size not in the region, quota exceeded: the refusals that teach."""

from __future__ import annotations

from ..ml import Workspace, cluster


def set_limit(workspace: Workspace, family: str, cores: int) -> None:
    region = (
        f"/subscriptions/{workspace.cloud.access.subscription_id}/providers/Microsoft.MachineLearningServices"
    )
    path = f"{region}/locations/eastus/providers/Microsoft.Quota/quotas/{family}"
    assert workspace.cloud.request("PUT", path, {"properties": {"limit": {"value": cores}}}).status == 201


def test_a_size_that_the_region_lacks_is_refused_with_those_it_has(workspace: Workspace) -> None:
    other = Workspace(workspace.cloud, workspace.cloud.add_workspace("rg", "ws-brazil", "brazilsouth"))
    status, code, message = other.refusal("PUT", "computes/gpu-cluster", cluster("Standard_NC6s_v3"))
    assert (status, code) == (400, "InvalidVmSize")
    assert "not available in the region 'brazilsouth'" in message and "Standard_DS3_v2" in message
    workspace.add_cluster("gpu-cluster", size="Standard_NC6s_v3")


def test_a_cluster_larger_than_its_quota_is_refused_with_the_numbers(workspace: Workspace) -> None:
    set_limit(workspace, "standardDSv2Family", 8)
    status, code, message = workspace.refusal("PUT", "computes/cpu-cluster", cluster(most=3))
    assert (status, code) == (400, "ClusterMaxNodesExceedCoreQuota")
    assert "Maximum allowed: 8" in message and "Additional requested: 12" in message
    workspace.add_cluster(most=2)


def test_what_others_use_is_taken_from_the_quota(workspace: Workspace) -> None:
    set_limit(workspace, "standardDSv2Family", 8)
    workspace.add_cluster("first", least=1)
    status, code, message = workspace.refusal("PUT", "computes/second", cluster(least=2))
    assert (status, code) == (400, "ClusterMinNodesExceedCoreQuota") and "Current in use: 4" in message
    workspace.add_cluster("second", least=1)


def test_low_priority_has_a_quota_of_its_own(workspace: Workspace) -> None:
    set_limit(workspace, "standardDSv2Family", 0)
    workspace.add_cluster(vmPriority="LowPriority")


def test_a_family_without_quota_refuses_an_instance(workspace: Workspace) -> None:
    inner = {"vmSize": "Standard_NC24ads_A100_v4"}
    _, code, message = workspace.refusal(
        "PUT", "computes/gpu-box", {"computeType": "ComputeInstance", "properties": inner}
    )
    assert code == "ClusterCoreQuotaReached" and "Maximum allowed: 0" in message
