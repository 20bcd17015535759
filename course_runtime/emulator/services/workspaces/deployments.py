"""Deployments of online endpoints as resources: a model, code, an environment, and machines that they run on."""

from __future__ import annotations

from typing import ClassVar

from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.kernel.long_running import LongRunning
from course_runtime.emulator.kernel.resource import Resource, action, optional_body
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.arm import vm_sizes
from course_runtime.emulator.services.workspaces import cost, names
from course_runtime.emulator.services.workspaces.deployment_assets import require_assets, require_runnable
from course_runtime.emulator.services.workspaces.vm_checks import require_quota, require_size
from course_runtime.emulator.serving.logs import INFERENCE_SERVER, STORAGE_INITIALIZER, log_text
from course_runtime.emulator.serving.recipe import PROBE, request_seconds
from course_runtime.emulator.store.resources import Stored

CONTAINERS = (INFERENCE_SERVER, STORAGE_INITIALIZER)
LONGEST_REQUEST_SECONDS = 180.0
KUBERNETES_NOTE = "This Azure keeps Kubernetes deployments as they were described; they answer no requests."


class OnlineDeployments(LongRunning):
    type = f"{names.WORKSPACES}/onlineEndpoints/deployments"
    limit = "Kubernetes deployments are kept as they were described, and custom containers are refused"
    shape: ClassVar[Shape] = {
        "codeConfiguration": {"codeId": str, "scoringScript": str},
        "endpointComputeType": str,
        "instanceType": str,
        "environmentId": str,
        "properties": dict,
        "scaleSettings": dict,
        "requestSettings": {"maxConcurrentRequestsPerInstance": int, "requestTimeout": str},
        "livenessProbe": {"initialDelay": str, "period": str, "timeout": str, "failureThreshold": int},
        "readinessProbe": {"initialDelay": str, "period": str, "timeout": str, "failureThreshold": int},
        "environmentVariables": dict,
    }

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        require_assets(properties, context)
        kind = properties.get("endpointComputeType") or "Managed"
        properties["endpointComputeType"] = kind
        count = (body.get("sku") or {}).get("capacity")
        count = 1 if count is None else count
        if not isinstance(count, int) or count < 0:
            raise user_error(f"The instance count must be a whole number, '{count}' came.")
        body["sku"] = {"name": "Default", "capacity": count}
        if kind == "Managed":
            region = names.location(context)
            size = require_size(properties.get("instanceType"), region)
            require_quota(context, size, count, region, code="OutOfQuota")
            require_runnable(properties, context)
        _require_request_settings(properties)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        body["location"] = names.location(context)
        body["tags"] = body.get("tags") or {}
        body["kind"] = body.get("kind") or "Managed"
        properties["scaleSettings"] = properties.get("scaleSettings") or {"scaleType": "Default"}
        properties["properties"] = properties.get("properties") or {}
        properties["environmentVariables"] = properties.get("environmentVariables") or {}
        properties["appInsightsEnabled"] = bool(properties.get("appInsightsEnabled"))
        settings = {"maxConcurrentRequestsPerInstance": 1, "maxQueueWait": "PT0.5S", "requestTimeout": "PT5S"}
        properties["requestSettings"] = settings | _given(properties.get("requestSettings"))
        for probe in ("livenessProbe", "readinessProbe"):
            properties[probe] = PROBE | _given(properties.get(probe))
        if is_managed(properties):
            properties["provisioningState"] = "Updating" if existing else "Creating"
        else:
            properties["properties"]["azureml.emulator"] = KUBERNETES_NOTE
            properties["provisioningState"] = "Succeeded"

    def take_secrets(self, body: Body, context: Context) -> Body:
        """The operation that ends when the deployment is rolled out; kept beside it, for a restart of the emulator."""
        managed = is_managed(body["properties"])
        return {"operation": operations.begin(context.cloud)} if managed else {}

    def put(self, context: Context) -> Reply:
        return self._followed(Resource.put(self, context), context)

    def patch(self, context: Context) -> Reply:
        return self._followed(Resource.patch(self, context), context)

    def created(self, stored: Stored, context: Context) -> None:
        self.updated(stored, context)

    def updated(self, stored: Stored, context: Context) -> None:
        _meter(stored, context)
        if context.cloud.hosting and is_managed(stored.properties):
            context.cloud.hosting.roll_out(stored)

    def require_deletable(self, stored: Stored, context: Context) -> None:
        endpoint = context.cloud.resources.get(context.path.parent_id())
        share = (endpoint.properties.get("traffic") or {}).get(stored.name) if endpoint else 0
        if endpoint and share:
            raise user_error(
                f"The deployment '{stored.name}' cannot be deleted: it receives {share} percent of the traffic of the "
                f"endpoint '{endpoint.name}'. Set its traffic to 0 first."
            )

    def deleting(self, stored: Stored, context: Context) -> None:
        cost.stop(context.cloud, stored.id)
        if context.cloud.hosting:
            context.cloud.hosting.remove(stored.id)

    @action("getLogs")
    def get_logs(self, stored: Stored, context: Context) -> Reply:
        asked = optional_body(context)
        container = str(asked.get("containerType") or INFERENCE_SERVER)
        known = next((one for one in CONTAINERS if one.lower() == _dashed(container)), None)
        if known is None:
            raise user_error(
                f"'{container}' is not a containerType: InferenceServer or StorageInitializer was expected."
            )
        if not is_managed(stored.properties):
            return Reply(200, {"content": KUBERNETES_NOTE})
        hosting = context.cloud.hosting
        text = log_text(context.cloud, stored, hosting.at_work_on(stored.id) if hosting else None, known)
        tail = asked.get("tail")
        lines = text.splitlines()
        return Reply(
            200, {"content": "\n".join(lines[-tail:] if isinstance(tail, int) and tail > 0 else lines)}
        )

    def _followed(self, reply: Reply, context: Context) -> Reply:
        """The operation of this very write; `Location` is left out, as the client then reads the resource itself."""
        stored = context.cloud.resources.get(context.path.id)
        operation = stored.secrets.get("operation") if stored else None
        if operation is None:
            return reply
        headers = operations.headers_of(operation, context)
        del headers["Location"]
        return Reply(reply.status, reply.body, {**reply.headers, **headers})


def is_managed(properties: Body) -> bool:
    return str(properties.get("endpointComputeType")) == "Managed"


def _require_request_settings(properties: Body) -> None:
    asked = request_seconds(properties)
    if not 0 < asked <= LONGEST_REQUEST_SECONDS:
        raise user_error(
            f"The request timeout must be {LONGEST_REQUEST_SECONDS * 1000:.0f} ms at most, "
            f"{asked * 1000:.0f} ms came (request_settings.request_timeout_ms)."
        )
    at_once = (properties.get("requestSettings") or {}).get("maxConcurrentRequestsPerInstance")
    if at_once is not None and at_once < 1:
        raise user_error(f"'maxConcurrentRequestsPerInstance' must be 1 at least, '{at_once}' came.")


def _given(settings: Body | None) -> Body:
    return {name: value for name, value in (settings or {}).items() if value is not None}


def _dashed(name: str) -> str:
    """`InferenceServer`, as the SDK writes it, is the container `inference-server`."""
    dashed = "".join(f"-{letter}" if letter.isupper() else letter for letter in name)
    return dashed.lower().lstrip("-")


def _meter(stored: Stored, context: Context) -> None:
    size = vm_sizes.find(str(stored.properties.get("instanceType")))
    count = stored.body["sku"]["capacity"]
    if size and stored.properties["endpointComputeType"] == "Managed":
        cost.set_rate(context.cloud, stored.id, count * size.price(), f"{count} x {size.name}")
