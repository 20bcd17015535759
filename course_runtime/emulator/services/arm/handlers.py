"""A request to Resource Manager in, a JSON answer out."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.front.bodies import json_of, limited_body
from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.context import Context, Reply
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.path import parse, split
from course_runtime.emulator.services.arm import deployments, listing, subscriptions
from course_runtime.emulator.services.login.authentication import authenticate

LARGEST_BODY = 4 * 1024 * 1024
ANSWERED_HERE = (subscriptions, listing, deployments)


async def resource_manager(request: Request) -> Response:
    principal = authenticate(request)
    cloud: Cloud = request.scope["cloud"]
    path = request.scope["path"]
    context = Context(
        cloud,
        principal,
        parse(path),
        request.method,
        dict(request.query_params),
        request.headers,
        await json_body(request),
        request.scope["host"],
    )
    return as_response(dispatch(context, split(path)))


def dispatch(context: Context, parts: list[str]) -> Reply:
    """Resources go to the registry; what ARM answers itself goes first."""
    if context.path.subscription:
        context.cloud.require_subscription(context.path.subscription)
    if context.method == "GET":
        special: Reply | None = next(filter(None, (one.find(context, parts) for one in ANSWERED_HERE)), None)
        if special is not None:
            return special
    if context.method == "POST" and subscriptions.is_registration(parts):
        return subscriptions.register(context, parts)
    if context.path.full_type == "Workshop.Emulator/operations":
        return operations.poll(context)
    if context.path.provider is None:
        raise AzureError(
            404, "InvalidRequestUri", f"The path '/{'/'.join(parts)}' is not one that Azure knows."
        )
    return context.cloud.registry.handle(context)


async def json_body(request: Request) -> Any:
    """The JSON body, None when there is none; refused when it is too large or not JSON."""
    return json_of(await limited_body(request, LARGEST_BODY))


def as_response(reply: Reply) -> Response:
    if reply.body is None:
        return Response(status_code=reply.status, headers=dict(reply.headers))
    return JSONResponse(reply.body, reply.status, dict(reply.headers))
