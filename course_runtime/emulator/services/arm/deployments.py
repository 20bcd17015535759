"""Microsoft.Resources/deployments: a template, carried out with the caller's own rights."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, invalid_request
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import Resource, action, require_body, require_group
from course_runtime.emulator.services.arm.template import DEPLOYMENTS, Template
from course_runtime.emulator.services.arm.template_plan import Planned
from course_runtime.emulator.services.arm.template_shapes import object_of
from course_runtime.emulator.store.resources import Stored


class Deployments(Resource):
    type = DEPLOYMENTS
    name_pattern = r"[-\w._()]{1,64}"
    name_rule = "1 to 64 letters, digits, '-', '_', '.' or brackets"

    def put(self, context: Context) -> Reply:
        self.require("write", context)
        body = require_body(context)
        require_group(context)
        self.require_name(context.path.name)
        existing = context.cloud.resources.get(context.path.id)
        stored = self.write(context, body, existing)
        # No operation to poll: the SDK sleeps five seconds between looks at a deployment that is not done at once.
        return Reply(200 if existing else 201, stored.body)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        """Carry the template out, and keep what came of it instead of the template."""
        template = _template(body, context)
        plan = template.plan()
        for planned in plan:
            _carry_out(planned, context)
        body["properties"] = {
            "mode": body["properties"].get("mode", "Incremental"),
            "provisioningState": "Succeeded",
            "timestamp": context.cloud.clock.timestamp(),
            "duration": "PT1S",
            "parameters": _shown_parameters(body["properties"].get("parameters") or {}, template),
            "outputs": template.outputs(),
            "outputResources": [{"id": planned.id} for planned in plan],
        }

    def missing(self, context: Context) -> AzureError:
        return AzureError(404, "DeploymentNotFound", f"Deployment '{context.path.name}' could not be found.")

    @action("validate")
    def validate_only(self, stored: Stored, context: Context) -> Reply:
        return self._dry_run(context)

    def act(self, name: str, context: Context) -> Reply:
        """A deployment is validated before it is there."""
        if name.lower() != "validate":
            return super().act(name, context)
        self.require("validate/action", context)
        require_group(context)
        return self._dry_run(context)

    def _dry_run(self, context: Context) -> Reply:
        plan = _template(require_body(context), context).plan()
        return Reply(200, {"properties": {"validatedResources": [{"id": planned.id} for planned in plan]}})


def find(context: Context, parts: list[str]) -> Reply | None:
    """`.../deployments/NAME/operations`, which clients write with and without the provider."""
    words = [part.lower() for part in parts]
    if (
        len(parts) < 7
        or words[-1] != "operations"
        or words[-3] != "deployments"
        or words[2] != "resourcegroups"
    ):
        return None
    group_id = f"/subscriptions/{parts[1]}/resourceGroups/{parts[3]}"
    return _list_operations(context, f"{group_id}/providers/{Deployments.type}/{parts[-2]}")


def _list_operations(context: Context, deployment_id: str) -> Reply:
    """What the deployment did, one operation a resource."""
    context.cloud.access.require(context.principal, f"{Deployments.type}/operations/read", deployment_id)
    stored = context.cloud.resources.get(deployment_id)
    if stored is None:
        name = deployment_id.rsplit("/", 1)[-1]
        raise AzureError(404, "DeploymentNotFound", f"Deployment '{name}' could not be found.")
    done = stored.properties["outputResources"]
    return Reply(
        200, {"value": [_operation(deployment_id, number, one["id"]) for number, one in enumerate(done)]}
    )


def _template(body: Body, context: Context) -> Template:
    properties: Any = body.get("properties")
    if not isinstance(properties, dict) or not isinstance(properties.get("template"), dict):
        raise invalid_request("The request content was invalid: 'properties.template' must be a JSON object.")
    return Template(properties["template"], object_of(properties.get("parameters"), "parameters"), context)


def _carry_out(planned: Planned, context: Context) -> None:
    path = parse(planned.id)
    resource = context.cloud.registry.require(path.full_type)
    resource.put(context.at(path, method="PUT", body=planned.body, headers={}))


def _shown_parameters(parameters: Body, template: Template) -> Body:
    """Parameters as the portal lists them; a secure one never shows its value."""
    return {
        name: {"type": _type(one.get("value")), "value": one.get("value")}
        for name, one in parameters.items()
        if isinstance(one, dict) and "value" in one and not template.is_secure(name)
    }


def _type(value: Any) -> str:
    names = {bool: "Bool", int: "Int", str: "String", list: "Array", dict: "Object"}
    return names.get(type(value), "String")


def _operation(deployment_id: str, number: int, resource_id: str) -> Body:
    path = parse(resource_id)
    return {
        "id": f"{deployment_id}/operations/{number:016X}",
        "operationId": f"{number:016X}",
        "properties": {
            "provisioningState": "Succeeded",
            "provisioningOperation": "Create",
            "statusCode": "OK",
            "targetResource": {"id": resource_id, "resourceType": path.full_type, "resourceName": path.name},
        },
    }
