"""What a schedule does when it comes due: it submits its job, or the job that computes its monitor.

A schedule keeps the one moment it waits for; a timer for any other moment is one that a change has overtaken.
"""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

from course_runtime.emulator.engine.monitors import job as monitor_job
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.workspaces.triggers import next_time
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

TIMER = "fire"
PROBLEM = "azureml.lastTriggerError"
SECONDS_TOO_LATE = 3600.0
FIRES = ("CreateJob", "CreateMonitor")


def wait(stored: Stored, cloud: Cloud, after: float | None = None) -> None:
    """Put the next moment on the clock, or none for a schedule that is disabled or has ended."""
    start = cloud.clock.now() if after is None else after
    due = next_time(stored.properties["trigger"], start) if stored.properties["isEnabled"] else None
    stored.secrets["due"] = due
    if due is not None:
        cloud.clock.later(max(0.0, due - cloud.clock.now()), TIMER, stored.id, {"due": due})
    cloud.resources.put(parse(stored.id), stored)


def come_due(stored: Stored, payload: Body, cloud: Cloud) -> None:
    due = payload.get("due")
    if due is None or stored.secrets.get("due") != due or not stored.properties["isEnabled"]:
        return
    present = cloud.clock.present()
    if present - due > SECONDS_TOO_LATE:
        wait(stored, cloud, present)  # nobody was there for long: what was missed is not made up for
        return
    _note(stored, None)
    try:
        fire(stored, cloud)
    except AzureError as refused:
        _note(stored, refused.message)
    wait(stored, cloud, due)


def _note(stored: Stored, problem: str | None) -> None:
    notes = {key: value for key, value in stored.properties["properties"].items() if key != PROBLEM}
    stored.properties["properties"] = notes | ({PROBLEM: problem} if problem else {})


def fire(stored: Stored, cloud: Cloud) -> str:
    """Submit the job now; gives its name. AzureError where the job itself would be refused."""
    action = stored.properties["action"]
    name = _job_name(stored.name, cloud)
    definition = dict(_definition(action, stored))
    definition["displayName"] = definition.get("displayName") or stored.name
    definition["properties"] = {
        **(definition.get("properties") or {}),
        "azureml.scheduleName": stored.name,
    }
    workspace = stored.id.rsplit("/schedules/", 1)[0]
    cloud.write(f"{workspace}/jobs/{name}", {"properties": definition})
    return name


def _definition(action: Body, stored: Stored) -> Body:
    kind = action.get("actionType")
    if kind == "CreateJob":
        return dict(action.get("jobDefinition") or {})
    if kind == "CreateMonitor":
        return monitor_job.definition(action.get("monitorDefinition") or {}, stored.name)
    raise AzureError(
        501,
        "NotImplementedByEmulator",
        f"The workshop's Azure does not carry out schedules of the kind '{kind}' yet; {' and '.join(FIRES)} it does.",
    )


def _job_name(schedule: str, cloud: Cloud) -> str:
    moment = datetime.fromtimestamp(cloud.clock.now(), tz=timezone.utc)
    return f"{schedule}-{moment:%Y%m%dT%H%M%S%f}"[:255]
