"""Schedules as resources: what is to run, and when. Carrying them out is the engine's."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, not_implemented
from course_runtime.emulator.kernel.long_running import LongRunning
from course_runtime.emulator.kernel.paging import page
from course_runtime.emulator.kernel.resource import action
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.triggers import require_trigger
from course_runtime.emulator.store.resources import Stored

ACTIONS = ("CreateJob", "CreateMonitor", "InvokeBatchEndpoint", "ImportData")


class Schedules(LongRunning):
    type = f"{names.WORKSPACES}/schedules"
    limit = "the schedule is kept; it does not fire yet"

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

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        given = properties.get("isEnabled")
        properties["isEnabled"] = True if given is None else bool(given)
        properties["displayName"] = properties.get("displayName") or context.path.name
        properties["description"] = properties.get("description")
        properties["tags"] = properties.get("tags") or {}
        properties["properties"] = properties.get("properties") or {}
        properties["provisioningState"] = "Succeeded"

    def require_deletable(self, stored: Stored, context: Context) -> None:
        if stored.properties["isEnabled"]:
            raise AzureError(
                400,
                "UserError",
                f"The schedule '{stored.name}' cannot be deleted while it is enabled. Disable it first.",
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
        raise not_implemented(f"POST {self.type}/trigger")
