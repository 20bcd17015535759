from __future__ import annotations

import time
from typing import Any

import pytest

from ..ml import Workspace

COMMAND = {"jobType": "Command", "command": "python train.py"}


def test_sdk_submits_a_command_and_finds_it(client: Any, workspace: Workspace) -> None:
    from azure.ai.ml import command

    workspace.add_cluster()
    job = client.jobs.create_or_update(
        command(
            command="echo hi", environment="AzureML-sklearn-1.5@latest", compute="cpu-cluster", name="job-1"
        )
    )
    assert (job.name, job.status, job.command) == ("job-1", "NotStarted", "echo hi")
    assert [one.name for one in client.jobs.list()] == ["job-1"]


def test_a_kind_that_is_not_run_says_so(workspace: Workspace) -> None:
    job = workspace.put("jobs/j", {"jobType": "Spark"})["properties"]
    assert job["status"] == "NotStarted" and "not run here" in job["properties"]["azureml.emulator"]


def test_what_a_job_names_must_be_there(workspace: Workspace) -> None:
    for field, path, what in (
        ("computeId", "computes/nope", "compute target 'nope'"),
        ("environmentId", "environments/e/versions/1", "environment 'e/1'"),
    ):
        status, _, message = workspace.refusal("PUT", "jobs/j", COMMAND | {field: f"{workspace.id}/{path}"})
        assert status == 400 and f"The {what}" in message and "was not found" in message


def test_newest_first_and_archived_apart(workspace: Workspace) -> None:
    for name in ("a", "b", "c"):
        workspace.put(f"jobs/{name}", COMMAND)
    workspace.put("jobs/b", COMMAND | {"isArchived": True})
    assert workspace.names("jobs") == ["c", "a"]
    assert workspace.names("jobs?listViewType=ArchivedOnly") == ["b"]


def test_a_submitted_job_keeps_its_command(workspace: Workspace) -> None:
    workspace.put("jobs/j", COMMAND)
    status, _, message = workspace.refusal("PUT", "jobs/j", COMMAND | {"command": "other"})
    assert status == 409 and "'j' already exists" in message
    assert workspace.put("jobs/j", COMMAND | {"tags": {"a": "b"}})["properties"]["tags"] == {"a": "b"}


def test_cancel_and_only_then_delete(workspace: Workspace) -> None:
    workspace.put("jobs/j", COMMAND)
    assert "Cancel it first" in workspace.refusal("DELETE", "jobs/j")[2]
    answer = workspace.call("POST", "jobs/j/cancel")
    assert answer.status == 202
    operation = answer.headers["azure-asyncoperation"].removeprefix("https://management.azure.com")
    while workspace.cloud.request("GET", operation).body["status"] == "InProgress":
        time.sleep(0.01)
    assert workspace.get("jobs/j")["properties"]["status"] == "Canceled"
    assert "has ended" in workspace.refusal("POST", "jobs/j/cancel")[2]
    assert workspace.call("DELETE", "jobs/j").status in (200, 202)


@pytest.mark.parametrize("kind", [None, "Juggling"])
def test_the_kind_must_be_known(workspace: Workspace, kind: str | None) -> None:
    assert "Command, Sweep, Pipeline" in workspace.refusal("PUT", "jobs/j", {"jobType": kind})[2]
