"""AmlCompute grows to its jobs and shrinks when idle, on the clock."""

from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.cloud import Cloud as CloudModel
from course_runtime.emulator.personal import add_workspace
from course_runtime.emulator.services.workspaces import clusters

from ..ml import Workspace, cluster

MINUTES = 60.0


@pytest.fixture
def cluster_id(model: CloudModel) -> str:
    model.add_group("rg")
    workspace = add_workspace(model, "rg", "ws", "eastus")
    return model.write(f"{workspace}/computes/cpu-cluster", {"properties": cluster()}).id


def nodes(model: CloudModel, cluster_id: str) -> tuple[int, int, str]:
    stored = model.resources.get(cluster_id)
    assert stored
    inner = stored.properties["properties"]
    return inner["currentNodeCount"], inner["targetNodeCount"], inner["allocationState"]


def test_three_jobs_bring_two_nodes_and_idleness_takes_them_away(model: CloudModel, cluster_id: str) -> None:
    for job in ("a", "b", "c"):
        clusters.occupy(model, cluster_id, job, 1)
    assert nodes(model, cluster_id) == (0, 2, "Resizing")
    model.advance(clusters.SECONDS_TO_RESIZE)
    assert nodes(model, cluster_id) == (2, 2, "Steady")
    for job in ("a", "b", "c"):
        clusters.release(model, cluster_id, job)
    model.advance(119)
    assert nodes(model, cluster_id)[0] == 2
    model.advance(1 + clusters.SECONDS_TO_RESIZE)
    assert nodes(model, cluster_id) == (0, 0, "Steady")


def test_idle_nodes_stay_for_the_next_job(model: CloudModel, cluster_id: str) -> None:
    clusters.occupy(model, cluster_id, "a", 2)
    model.advance(clusters.SECONDS_TO_RESIZE)
    clusters.release(model, cluster_id, "a")
    clusters.occupy(model, cluster_id, "b", 1)
    assert nodes(model, cluster_id) == (2, 2, "Steady")


def test_a_cluster_keeps_the_nodes_that_other_jobs_use(model: CloudModel, cluster_id: str) -> None:
    clusters.occupy(model, cluster_id, "a", 1)
    clusters.occupy(model, cluster_id, "b", 1)
    model.advance(clusters.SECONDS_TO_RESIZE)
    clusters.release(model, cluster_id, "a")
    model.advance(10 * MINUTES)
    assert nodes(model, cluster_id) == (1, 1, "Steady")


def test_listed_nodes_say_which_job_they_run(model: CloudModel, cluster_id: str) -> None:
    clusters.occupy(model, cluster_id, "a", 2)
    model.advance(clusters.SECONDS_TO_RESIZE)
    stored = model.resources.get(cluster_id)
    assert stored
    assert [(one["nodeState"], one["runId"]) for one in clusters.nodes(stored)] == [("running", "a")] * 2


def test_minimum_nodes_come_by_themselves_and_cost(workspace: Workspace) -> None:
    workspace.add_cluster(least=1)
    workspace.cloud.advance(clusters.SECONDS_TO_RESIZE)
    assert len(workspace.call("POST", "computes/cpu-cluster/listNodes").body["nodes"]) == 1
    workspace.cloud.advance(3600)
    assert workspace.cloud.costs()["spent"] == pytest.approx(0.293, rel=0.01)
    workspace.add_cluster(least=0)
    workspace.cloud.advance(600)
    assert workspace.cloud.costs()["rate"] == 0


def test_low_priority_costs_a_fifth(workspace: Workspace) -> None:
    workspace.add_cluster(least=1, vmPriority="lowpriority")
    workspace.cloud.advance(clusters.SECONDS_TO_RESIZE)
    assert workspace.cloud.costs()["rate"] == pytest.approx(0.0586)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"least": 3, "most": 2}, "minimum node count (3)"),
        ({"least": -1}, "min '-1'"),
        ({"vmPriority": "Cheap"}, "'Cheap'"),
        ({"size": "Standard_Nonsense"}, "'Standard_Nonsense' is not a VM size"),
    ],
)
def test_wrong_settings_are_refused_in_words(
    workspace: Workspace, changes: dict[str, Any], said: str
) -> None:
    status, _, message = workspace.refusal("PUT", "computes/cpu-cluster", cluster(**changes))
    assert status == 400 and said in message


def test_size_and_priority_stay_as_they_are(workspace: Workspace) -> None:
    workspace.add_cluster()
    _, _, message = workspace.refusal("PUT", "computes/cpu-cluster", cluster("Standard_DS2_v2"))
    assert "'vmSize'" in message and "Standard_DS3_v2" in message


def test_a_cluster_that_runs_jobs_cannot_be_deleted(model: CloudModel, cluster_id: str) -> None:
    clusters.occupy(model, cluster_id, "busy-job", 1)
    context = model.context(cluster_id, method="DELETE")
    with pytest.raises(Exception, match="busy-job"):
        model.registry.handle(context)
