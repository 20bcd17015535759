"""A request to a batch endpoint in: the job that does its work out."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.engine.batch.invocation import job_of
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, invalid_request, user_error
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.arm.handlers import json_body
from course_runtime.emulator.services.inference.endpoints import batch_endpoint
from course_runtime.emulator.services.inference.selection import HEADER
from course_runtime.emulator.services.login.authentication import authenticate
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.batch_deployments import BatchDeployments
from course_runtime.emulator.services.workspaces.jobs import Jobs
from course_runtime.emulator.store.resources import Stored

INVOKE = f"{names.WORKSPACES}/batchEndpoints/jobs/write"


async def invoke(request: Request) -> Response:
    """The role check is the endpoint's; the job is then the caller's own."""
    cloud: Cloud = request.scope["cloud"]
    principal = authenticate(request)
    endpoint = batch_endpoint(cloud, request.scope["host"])
    cloud.access.require(principal, INVOKE, endpoint.id)
    asked = _properties(await json_body(request))
    deployment = _deployment(cloud, endpoint, request.headers.get(HEADER))
    name = str(asked.get("name") or f"batchjob-{uuid.uuid4()}")
    workspace_id = endpoint.id.partition("/batchEndpoints/")[0]
    path = parse(f"{workspace_id}/jobs/{name}")
    if cloud.resources.get(path.id) is not None:
        raise AzureError(409, "UserError", f"There is already a job with the name '{name}': choose another.")
    context = Context(cloud, principal, path, "PUT")
    body = {"properties": job_of(cloud, deployment, asked)}
    job = cloud.registry.require(Jobs.type).write(context, body, None)
    return JSONResponse(job.body, 201)


def _properties(body: Any) -> Body:
    properties = body.get("properties") if isinstance(body, dict) else None
    if not isinstance(properties, dict):
        raise invalid_request("The request content was invalid: an object with 'properties' was expected.")
    for field in ("inputData", "outputData", "properties"):
        value = properties.get(field)
        inner = value.values() if isinstance(value, dict) and field != "properties" else ()
        if value is not None and (
            not isinstance(value, dict) or not all(isinstance(one, dict) for one in inner)
        ):
            raise invalid_request(f"The request content was invalid: '{field}' must be an object of objects.")
    return properties


def _deployment(cloud: Cloud, endpoint: Stored, asked: str | None) -> Stored:
    """The one that is named, or the endpoint's default."""
    there = cloud.resources.children(endpoint.id, BatchDeployments.type)
    wanted = asked or (endpoint.properties.get("defaults") or {}).get("deploymentName")
    listed = ", ".join(one.name for one in there) or "none"
    if not wanted:
        raise user_error(
            f"The batch endpoint '{endpoint.name}' has no default deployment (deployments: {listed}). Set "
            "endpoint.defaults.deployment_name, or name one with deployment_name.",
        )
    found = next((one for one in there if one.name.lower() == wanted.lower()), None)
    if found is None:
        raise AzureError(
            404,
            "NotFound",
            f"The batch endpoint '{endpoint.name}' has no deployment '{wanted}' (deployments: {listed}).",
        )
    return found
