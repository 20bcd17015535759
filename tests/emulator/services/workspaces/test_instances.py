"""Compute instances: idle shutdown, schedules, owners, cost."""

from __future__ import annotations

from typing import Any

import pytest

from ..ml import Workspace

HOUR = 3600.0
STOP_AT_18 = {
    "action": "Stop",
    "triggerType": "Cron",
    "cron": {"expression": "0 18 * * *", "timeZone": "UTC"},
    "status": "Enabled",
}


def inner(workspace: Workspace) -> dict[str, Any]:
    return dict(workspace.get("computes/my-instance")["properties"]["properties"])


def test_an_idle_instance_stops_itself(workspace: Workspace) -> None:
    workspace.add_instance(idleTimeBeforeShutdown="PT30M")
    workspace.cloud.advance(29 * 60)
    assert inner(workspace)["state"] == "Running"
    workspace.cloud.advance(2 * 60)
    assert inner(workspace)["state"] == "Stopped"
    assert inner(workspace)["lastOperation"]["operationTrigger"] == "IdleShutdown"


def test_starting_begins_the_idle_time_anew(workspace: Workspace) -> None:
    workspace.add_instance(idleTimeBeforeShutdown="PT30M")
    workspace.cloud.advance(20 * 60)
    workspace.call("POST", "computes/my-instance/start")
    workspace.cloud.advance(20 * 60)
    assert inner(workspace)["state"] == "Running"


@pytest.mark.parametrize("idle", ["PT5M", "P4D", "soon"])
def test_idle_times_out_of_range_are_refused(workspace: Workspace, idle: str) -> None:
    properties = {"vmSize": "Standard_DS2_v2", "idleTimeBeforeShutdown": idle}
    status, _, message = workspace.refusal(
        "PUT", "computes/my-instance", {"computeType": "ComputeInstance", "properties": properties}
    )
    assert status == 400 and f"'{idle}'" in message


def test_a_schedule_stops_it_every_day(workspace: Workspace) -> None:
    workspace.add_instance(schedules={"computeStartStop": [STOP_AT_18]})
    for _ in range(2):
        workspace.call("POST", "computes/my-instance/start")
        workspace.cloud.advance(24 * HOUR)
        assert inner(workspace)["lastOperation"]["operationTrigger"] == "Schedule"
        assert inner(workspace)["state"] == "Stopped"


def test_a_disabled_schedule_does_nothing(workspace: Workspace) -> None:
    workspace.add_instance(schedules={"computeStartStop": [STOP_AT_18 | {"status": "Disabled"}]})
    workspace.cloud.advance(48 * HOUR)
    assert inner(workspace)["state"] == "Running"


def test_a_schedule_that_was_taken_out_does_nothing(workspace: Workspace) -> None:
    workspace.add_instance(schedules={"computeStartStop": [STOP_AT_18]})
    workspace.add_instance()
    workspace.cloud.advance(48 * HOUR)
    assert inner(workspace)["state"] == "Running"


def test_a_schedule_that_was_moved_keeps_to_its_new_time(workspace: Workspace) -> None:
    never = {"expression": "0 0 29 2 *", "timeZone": "UTC"}
    workspace.add_instance(schedules={"computeStartStop": [STOP_AT_18 | {"id": "s"}]})
    workspace.add_instance(schedules={"computeStartStop": [STOP_AT_18 | {"id": "s", "cron": never}]})
    workspace.cloud.advance(48 * HOUR)
    assert inner(workspace)["state"] == "Running"


def test_only_the_running_hours_cost(workspace: Workspace) -> None:
    workspace.add_instance()
    workspace.cloud.advance(2 * HOUR)
    workspace.call("POST", "computes/my-instance/stop")
    workspace.cloud.advance(10 * HOUR)
    (entry,) = workspace.cloud.costs()["resources"]
    assert entry["billed_hours"] == pytest.approx(2, rel=0.01)
    assert entry["spent"] == pytest.approx(2 * 0.146, rel=0.01)


def test_assigned_user_and_setup_script_are_kept(workspace: Workspace) -> None:
    user = {"assignedUser": {"objectId": "o", "tenantId": "t"}}
    scripts = {"scripts": {"startupScript": {"scriptSource": "inline", "scriptData": "ZWNobyBoaQ=="}}}
    workspace.add_instance(personalComputeInstanceSettings=user, setupScripts=scripts)
    kept = inner(workspace)
    assert (kept["personalComputeInstanceSettings"], kept["setupScripts"]) == (user, scripts)


def test_names_are_unique_in_a_region(workspace: Workspace) -> None:
    other = Workspace(workspace.cloud, workspace.cloud.add_workspace("rg", "ws-two"))
    workspace.add_instance("taken")
    status, code, message = other.refusal(
        "PUT",
        "computes/taken",
        {"computeType": "ComputeInstance", "properties": {"vmSize": "Standard_DS2_v2"}},
    )
    assert (status, code) == (409, "ComputeNameAlreadyInUse") and "'eastus'" in message


def test_a_stopped_instance_cannot_be_restarted(workspace: Workspace) -> None:
    workspace.add_instance()
    workspace.call("POST", "computes/my-instance/stop")
    status, _, message = workspace.refusal("POST", "computes/my-instance/restart")
    assert status == 409 and "Start it" in message
