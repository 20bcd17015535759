"""Schedules: what is to run, and when."""

from __future__ import annotations

from typing import ClassVar

from course_runtime.emulator.engine.monitors import job as monitor_job
from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.kernel.long_running import LongRunning
from course_runtime.emulator.kernel.paging import page
from course_runtime.emulator.kernel.resource import action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.workspaces import firing, names
from course_runtime.emulator.services.workspaces.triggers import TRIGGER_SHAPE, require_trigger
from course_runtime.emulator.store.resources import Stored

ACTIONS = ("CreateJob", "CreateMonitor", "InvokeBatchEndpoint", "ImportData")


class Schedules(LongRunning):
    type = f"{names.WORKSPACES}/schedules"
    shape: ClassVar[Shape] = {
        "action": {"actionType": str},
        "trigger": TRIGGER_SHAPE,
        "tags": dict,
        "properties": dict,
    }
    limit = f"schedules of {' and '.join(firing.FIRES)} fire; those of the other kinds are kept only"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        names.outer(context)
        properties = body["properties"]
        kind = (properties.get("action") or {}).get("actionType")
        if kind not in ACTIONS:
            raise AzureError(
                400,
                "ValidationError",
                f"'{kind}' is not an actionType: one of {', '.join(ACTIONS)} was expected.",
            )
        trigger = properties.get("trigger")
        if not isinstance(trigger, dict):
            raise AzureError(400, "ValidationError", "'trigger' is required: a schedule says when it runs.")
        require_trigger(trigger)
        if kind == "CreateMonitor":
            monitor_job.definition(properties["action"].get("monitorDefinition") or {}, context.path.name)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        given = properties.get("isEnabled")
        properties["isEnabled"] = True if given is None else bool(given)
        properties["displayName"] = properties.get("displayName") or context.path.name
        properties["description"] = properties.get("description")
        properties["tags"] = properties.get("tags") or {}
        properties["properties"] = properties.get("properties") or {}
        properties["provisioningState"] = "Succeeded"
        _complete_week_days(properties["trigger"].get("schedule"))
        _complete_modes(properties["action"].get("jobDefinition"))

    def created(self, stored: Stored, context: Context) -> None:
        firing.wait(stored, context.cloud)

    def updated(self, stored: Stored, context: Context) -> None:
        firing.wait(stored, context.cloud)

    def timer(self, name: str, stored: Stored, payload: Body, context: Context) -> None:
        firing.come_due(stored, payload, context.cloud)

    def require_deletable(self, stored: Stored, context: Context) -> None:
        if stored.properties["isEnabled"]:
            raise user_error(
                f"Cannot delete an active trigger: the schedule '{stored.name}' is enabled. Disable it first."
            )

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        self.require_parent(context)
        view = context.query.get("listViewType", "EnabledOnly").lower()
        enabled = {"enabledonly": (True,), "disabledonly": (False,)}.get(view, (True, False))
        return page(
            context,
            self.type,
            lambda stored: self.show(stored, context),
            keep=lambda stored: stored.properties["isEnabled"] in enabled,
        )

    @action("trigger")
    def trigger(self, stored: Stored, context: Context) -> Reply:
        """Run it now, whatever its trigger says."""
        kind = stored.properties["action"]["actionType"]
        return Reply(200, {"submissionId": firing.fire(stored, context.cloud), "scheduleActionType": kind})


def _complete_week_days(pattern: object) -> None:
    if isinstance(pattern, dict) and pattern.get("weekDays"):
        pattern["weekDays"] = [str(day).capitalize() for day in pattern["weekDays"]]


def _complete_modes(definition: object) -> None:
    """How a job's data is brought to it and taken away, where nobody says."""
    if not isinstance(definition, dict):
        return
    for given in (definition.get("inputs") or {}).values():
        if isinstance(given, dict) and given.get("uri"):
            given["mode"] = given.get("mode") or "ReadOnlyMount"
    for given in (definition.get("outputs") or {}).values():
        if isinstance(given, dict):
            given["mode"] = given.get("mode") or "ReadWriteMount"
