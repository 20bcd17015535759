"""Deployments of batch endpoints as resources: a model or a pipeline component, and how its work is cut up."""

from __future__ import annotations

from typing import ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import not_implemented, user_error
from course_runtime.emulator.kernel.long_running import LongRunning
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import exists
from course_runtime.emulator.services.workspaces.deployment_assets import require_assets, require_runnable
from course_runtime.emulator.services.workspaces.durations import seconds
from course_runtime.emulator.store.resources import Stored

OUTPUT_ACTIONS = ("AppendRow", "SummaryOnly")
DEFAULT_OUTPUT_FILE = "predictions.csv"
RETRIES = {"maxRetries": 3, "timeout": "PT30S"}
PIPELINE_COMPONENT = "PipelineComponent"


class BatchDeployments(LongRunning):
    type = f"{names.WORKSPACES}/batchEndpoints/deployments"
    shape: ClassVar[Shape] = {
        "codeConfiguration": {"codeId": str, "scoringScript": str},
        "environmentId": str,
        "environmentVariables": dict,
        "compute": str,
        "properties": dict,
        "resources": dict,
        "retrySettings": {"maxRetries": int, "timeout": str},
        "errorThreshold": int,
        "miniBatchSize": int,
        "maxConcurrencyPerInstance": int,
        "outputAction": str,
        "outputFileName": str,
        "deploymentConfiguration": dict,
    }

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        require_assets(properties, context)
        if is_pipeline(properties):
            return
        require_runnable(properties, context)
        _require_compute(properties.get("compute"), context)
        action_name = str(properties.get("outputAction") or OUTPUT_ACTIONS[0])
        known = next((one for one in OUTPUT_ACTIONS if one.lower() == action_name.lower()), None)
        if known is None:
            raise user_error(
                f"'{action_name}' is not an outputAction: one of {', '.join(OUTPUT_ACTIONS)} was expected."
            )
        properties["outputAction"] = known
        for name in ("miniBatchSize", "maxConcurrencyPerInstance"):
            if properties.get(name) is not None and properties[name] < 1:
                raise user_error(f"'{name}' must be 1 at least, '{properties[name]}' came.")
        threshold = properties.get("errorThreshold")
        if threshold is not None and threshold < -1:
            raise user_error(
                f"'errorThreshold' must be -1 (all may fail) or the number that may, '{threshold}' came."
            )
        timeout = (properties.get("retrySettings") or {}).get("timeout")
        if timeout:
            seconds(str(timeout), "retrySettings.timeout")

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        body["location"] = names.location(context)
        body["tags"] = body.get("tags") or {}
        properties = body["properties"]
        properties["properties"] = properties.get("properties") or {}
        properties["provisioningState"] = "Succeeded"
        if is_pipeline(properties):
            return
        model = properties.get("model")
        if isinstance(model, dict):
            model["referenceType"] = model.get("referenceType") or "Id"
        properties["environmentVariables"] = properties.get("environmentVariables") or {}
        properties["outputFileName"] = properties.get("outputFileName") or DEFAULT_OUTPUT_FILE
        properties["miniBatchSize"] = properties.get("miniBatchSize") or 10
        properties["maxConcurrencyPerInstance"] = properties.get("maxConcurrencyPerInstance") or 1
        if properties.get("errorThreshold") is None:
            properties["errorThreshold"] = -1
        given = {
            name: value
            for name, value in (properties.get("retrySettings") or {}).items()
            if value is not None
        }
        properties["retrySettings"] = RETRIES | given
        properties["resources"] = {"instanceCount": 1} | (properties.get("resources") or {})

    def require_deletable(self, stored: Stored, context: Context) -> None:
        endpoint = context.cloud.resources.get(context.path.parent_id())
        default = (endpoint.properties.get("defaults") or {}).get("deploymentName") if endpoint else None
        if endpoint and default == stored.name:
            raise user_error(
                f"The deployment '{stored.name}' cannot be deleted: it is the default of the endpoint "
                f"'{endpoint.name}'. Make another one the default first."
            )

    @action("getLogs")
    def get_logs(self, stored: Stored, context: Context) -> Reply:
        raise not_implemented(f"POST {self.type}/getLogs")


def is_pipeline(properties: Body) -> bool:
    configuration = properties.get("deploymentConfiguration") or {}
    return str(configuration.get("deploymentConfigurationType")) == PIPELINE_COMPONENT


def _require_compute(compute: object, context: Context) -> None:
    if not compute:
        raise user_error("'compute' is required: on which cluster is the work to be done?")
    if str(compute).startswith("/subscriptions/") and not exists(context, str(compute)):
        raise user_error(f"The compute target '{parse(str(compute)).name}' was not found. Create it first.")
