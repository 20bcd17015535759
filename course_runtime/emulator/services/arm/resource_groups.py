"""Microsoft.Resources/resourceGroups."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, resource_group_not_found
from course_runtime.emulator.kernel.path import RESOURCE_GROUPS
from course_runtime.emulator.kernel.resource import Resource, require_group
from course_runtime.emulator.services.arm.locations import normalised
from course_runtime.emulator.store.resources import Stored


class ResourceGroups(Resource):
    type = RESOURCE_GROUPS
    permission_type = "Microsoft.Resources/subscriptions/resourceGroups"
    name_pattern = r"[-\w._()]{0,89}[-\w_()]"
    name_rule = "1 to 90 letters, digits, '-', '_', '.' or brackets, and does not end in '.'"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        if not body.get("location"):
            raise AzureError(
                400, "LocationRequired", "The location property is required for this definition."
            )
        body["location"] = normalised(body["location"], self.type)
        if existing and existing.body["location"] != body["location"]:
            raise AzureError(
                409,
                "InvalidResourceGroupLocation",
                f"Invalid resource group location '{body['location']}'. The Resource group already exists in location "
                f"'{existing.body['location']}'.",
            )

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        body["properties"]["provisioningState"] = "Succeeded"
        body["tags"] = body.get("tags") or {}

    def show(self, stored: Stored, context: Context) -> Body:
        return {key: value for key, value in stored.body.items() if key != "systemData"}

    def find(self, context: Context) -> Stored:
        stored = context.cloud.resources.get(context.path.id)
        if stored is None and context.path.subscription:
            require_group(context)
            if context.cloud.open_group(context.path.subscription, context.path.name):
                stored = context.cloud.resources.get(context.path.id)
        if stored is None:
            raise resource_group_not_found(context.path.name)
        return stored
