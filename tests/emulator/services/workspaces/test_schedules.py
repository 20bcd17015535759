from __future__ import annotations

from typing import Any

from ..ml import DS3, Workspace

DAY = 86_400.0
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


def jobs(workspace: Workspace) -> list[dict[str, Any]]:
    return list(workspace.get("jobs")["value"])


def test_a_schedule_submits_its_job_whenever_it_comes_due(workspace: Workspace) -> None:
    workspace.put("schedules/daily", schedule())
    workspace.cloud.advance(3 * DAY)
    found = jobs(workspace)
    assert len(found) == 3
    assert all(job["name"].startswith("daily-") and "T060000" in job["name"] for job in found)
    assert found[0]["properties"]["displayName"] == "daily"
    assert found[0]["properties"]["properties"]["azureml.scheduleName"] == "daily"


def test_a_disabled_schedule_does_not_fire_and_an_enabled_one_does_again(workspace: Workspace) -> None:
    workspace.put("schedules/s", schedule())
    workspace.put("schedules/s", schedule(isEnabled=False))
    workspace.cloud.advance(2 * DAY)
    assert jobs(workspace) == []
    workspace.put("schedules/s", schedule())
    workspace.cloud.advance(DAY)
    assert len(jobs(workspace)) == 1


def test_a_changed_schedule_fires_at_its_new_times_only(workspace: Workspace) -> None:
    workspace.put("schedules/s", schedule())
    hourly = {"triggerType": "Recurrence", "frequency": "Hour", "interval": 6}
    workspace.put("schedules/s", schedule(trigger=hourly))
    workspace.cloud.advance(DAY)
    assert len(jobs(workspace)) == 4


def test_a_schedule_ends_with_its_end_time(workspace: Workspace) -> None:
    workspace.put("schedules/s", schedule(trigger=TRIGGER | {"endTime": "2020-01-01T00:00:00"}))
    workspace.cloud.advance(2 * DAY)
    assert jobs(workspace) == []


def test_triggering_runs_it_now(workspace: Workspace) -> None:
    workspace.put("schedules/s", schedule())
    answer = workspace.call("POST", "schedules/s/trigger")
    assert answer.status == 200
    assert answer.body["scheduleActionType"] == "CreateJob"
    assert [job["name"] for job in jobs(workspace)] == [answer.body["submissionId"]]


def test_a_job_that_is_refused_when_due_is_told_and_the_next_one_is_tried(workspace: Workspace) -> None:
    gone = f"{workspace.id}/computes/gone"
    definition = {"jobType": "Command", "command": "true", "computeId": gone}
    workspace.put("schedules/s", schedule(action={"actionType": "CreateJob", "jobDefinition": definition}))
    workspace.cloud.advance(DAY)
    told = workspace.get("schedules/s")["properties"]["properties"]["azureml.lastTriggerError"]
    assert "compute target 'gone'" in told
    workspace.put("computes/gone", {"computeType": "AmlCompute", "properties": {"vmSize": DS3}})
    workspace.cloud.advance(DAY)
    assert len(jobs(workspace)) == 1
    assert "azureml.lastTriggerError" not in workspace.get("schedules/s")["properties"]["properties"]


def test_a_monitor_runs_as_a_job_that_computes_its_signals(workspace: Workspace) -> None:
    signal = {
        "signalType": "DataDrift",
        "productionData": {"jobInputType": "mltable", "uri": "azureml:target:1"},
        "referenceData": {"jobInputType": "mltable", "uri": "azureml:baseline:1"},
        "metricThresholds": [{"metric": "jensenShannonDistance", "dataType": "Numerical"}],
    }
    monitor = {"signals": {"drift": signal}}
    workspace.put(
        "schedules/m", schedule(action={"actionType": "CreateMonitor", "monitorDefinition": monitor})
    )
    workspace.cloud.advance(DAY)
    (job,) = jobs(workspace)
    inputs = job["properties"]["inputs"]
    assert inputs["drift_reference"]["uri"] == "azureml:baseline:1"
    assert inputs["drift_production"]["uri"] == "azureml:target:1"
    del signal["metricThresholds"]
    refused = workspace.refusal(
        "PUT", "schedules/n", schedule(action={"actionType": "CreateMonitor", "monitorDefinition": monitor})
    )
    assert "has no metric_thresholds" in refused[2]


def test_what_the_service_completes(workspace: Workspace) -> None:
    weekly = {"triggerType": "Recurrence", "frequency": "Week", "interval": 1}
    weekly |= {"schedule": {"hours": [10], "minutes": [15], "weekDays": ["monday"]}}
    data = {"jobInputType": "uri_file", "uri": "azureml:d:1"}
    job = {
        "jobType": "Command",
        "command": "true",
        "inputs": {"data": data, "n": {"jobInputType": "literal", "value": "1"}},
    }
    action = {"actionType": "CreateJob", "jobDefinition": job}
    kept = workspace.put("schedules/s", schedule(trigger=weekly, action=action))["properties"]
    assert kept["trigger"]["schedule"]["weekDays"] == ["Monday"]
    assert kept["action"]["jobDefinition"]["inputs"]["data"]["mode"] == "ReadOnlyMount"
    assert "mode" not in kept["action"]["jobDefinition"]["inputs"]["n"]
