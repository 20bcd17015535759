"""Deployments of endpoints as resources: a model, an environment, a machine size and how many of them."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, not_implemented
from course_runtime.emulator.kernel.long_running import LongRunning
from course_runtime.emulator.kernel.resource import action
from course_runtime.emulator.services.arm import vm_sizes
from course_runtime.emulator.services.workspaces import cost, names
from course_runtime.emulator.services.workspaces.assets import exists
from course_runtime.emulator.services.workspaces.vm_checks import require_quota, require_size
from course_runtime.emulator.store.resources import Stored

NOTE = "This Azure keeps the deployment as it was described; it does not answer requests yet."


class OnlineDeployments(LongRunning):
    type = f"{names.WORKSPACES}/onlineEndpoints/deployments"
    limit = "the deployment is kept as it was described; it does not answer requests yet"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        _require_references(properties, context)
        kind = properties.get("endpointComputeType") or "Managed"
        properties["endpointComputeType"] = kind
        count = (body.get("sku") or {}).get("capacity")
        count = 1 if count is None else count
        if not isinstance(count, int) or count < 0:
            raise _bad(f"The instance count must be a whole number, '{count}' came.")
        body["sku"] = {"name": "Default", "capacity": count}
        if kind == "Managed":
            region = names.location(context)
            size = require_size(properties.get("instanceType"), region)
            require_quota(context, size, count, region, code="OutOfQuota")

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        body["location"] = names.location(context)
        body["tags"] = body.get("tags") or {}
        body["kind"] = body.get("kind") or "Managed"
        properties["scaleSettings"] = properties.get("scaleSettings") or {"scaleType": "Default"}
        properties["properties"] = (properties.get("properties") or {}) | {"azureml.emulator": NOTE}
        properties["environmentVariables"] = properties.get("environmentVariables") or {}
        properties["appInsightsEnabled"] = bool(properties.get("appInsightsEnabled"))
        properties["requestSettings"] = properties.get("requestSettings") or {
            "maxConcurrentRequestsPerInstance": 1,
            "maxQueueWait": "PT0S",
            "requestTimeout": "PT5S",
        }
        properties["provisioningState"] = "Succeeded"

    def created(self, stored: Stored, context: Context) -> None:
        _meter(stored, context)

    def updated(self, stored: Stored, context: Context) -> None:
        _meter(stored, context)

    def require_deletable(self, stored: Stored, context: Context) -> None:
        endpoint = context.cloud.resources.get(context.path.parent_id())
        share = (endpoint.properties.get("traffic") or {}).get(stored.name) if endpoint else 0
        if endpoint and share:
            raise _bad(
                f"The deployment '{stored.name}' cannot be deleted: it receives {share} percent of the traffic of the "
                f"endpoint '{endpoint.name}'. Set its traffic to 0 first."
            )

    def deleting(self, stored: Stored, context: Context) -> None:
        cost.stop(context.cloud, stored.id)

    @action("getLogs")
    def get_logs(self, stored: Stored, context: Context) -> Reply:
        return Reply(200, {"content": NOTE})


class BatchDeployments(LongRunning):
    type = f"{names.WORKSPACES}/batchEndpoints/deployments"
    limit = "the deployment is kept as it was described; it takes no work yet"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        _require_references(body["properties"], context)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        body["location"] = names.location(context)
        body["tags"] = body.get("tags") or {}
        properties = body["properties"]
        model = properties.get("model")
        if isinstance(model, dict):
            model["referenceType"] = model.get("referenceType") or "Id"
        properties["properties"] = (properties.get("properties") or {}) | {"azureml.emulator": NOTE}
        properties["provisioningState"] = "Succeeded"

    @action("getLogs")
    def get_logs(self, stored: Stored, context: Context) -> Reply:
        raise not_implemented(f"POST {self.type}/getLogs")


def _require_references(properties: Body, context: Context) -> None:
    """The model and the environment must be there, where they are named by their ids."""
    code = (properties.get("codeConfiguration") or {}).get("codeId")
    model = properties.get("model")
    model_id = model.get("assetId") if isinstance(model, dict) else model
    named = {"model": model_id, "environmentId": properties.get("environmentId"), "code": code}
    for field, value in named.items():
        is_arm_id = isinstance(value, str) and value.startswith("/subscriptions/")
        if is_arm_id and not exists(context, str(value)):
            raise _bad(f"The {field.removesuffix('Id')} '{value}' was not found. Register it first.")


def _meter(stored: Stored, context: Context) -> None:
    size = vm_sizes.find(str(stored.properties.get("instanceType")))
    count = stored.body["sku"]["capacity"]
    if size and stored.properties["endpointComputeType"] == "Managed":
        cost.set_rate(context.cloud, stored.id, count * size.price(), f"{count} x {size.name}")


def _bad(message: str) -> AzureError:
    return AzureError(400, "UserError", message)
