from __future__ import annotations

from typing import Any

from ..ml import Workspace

TRIGGER = {"triggerType": "Cron", "expression": "0 6 * * *", "timeZone": "UTC"}


def schedule(**changes: Any) -> dict[str, Any]:
    job = {"jobType": "Command", "command": "true"}
    return {"trigger": TRIGGER, "action": {"actionType": "CreateJob", "jobDefinition": job}, **changes}


def test_lists_show_the_enabled_ones_unless_asked(workspace: Workspace) -> None:
    workspace.put("schedules/on", schedule())
    workspace.put("schedules/off", schedule(isEnabled=False))
    assert workspace.names("schedules") == ["on"]
    assert workspace.names("schedules?listViewType=DisabledOnly") == ["off"]
    assert workspace.names("schedules?listViewType=All") == ["on", "off"]


def test_an_enabled_schedule_must_be_disabled_before_it_is_deleted(workspace: Workspace) -> None:
    workspace.put("schedules/s", schedule())
    assert "Disable it first" in workspace.refusal("DELETE", "schedules/s")[2]
    workspace.put("schedules/s", schedule(isEnabled=False))
    assert workspace.call("DELETE", "schedules/s").status == 202


def test_wrong_ones_are_refused(workspace: Workspace) -> None:
    assert workspace.refusal("PUT", "schedules/s", schedule(trigger={"expression": "whenever"}))[0] == 400
    assert workspace.refusal("PUT", "schedules/s", schedule(action={"actionType": "Sing"}))[0] == 400


def test_triggering_says_that_it_is_not_there_yet(workspace: Workspace) -> None:
    workspace.put("schedules/s", schedule())
    assert workspace.refusal("POST", "schedules/s/trigger")[0] == 501
