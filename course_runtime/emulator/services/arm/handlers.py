"""A request to Resource Manager in, a JSON answer out."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.context import Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, invalid_request
from course_runtime.emulator.kernel.path import parse, split
from course_runtime.emulator.services.arm import deployments, listing, subscriptions
from course_runtime.emulator.services.login.authentication import authenticate

LARGEST_BODY = 4 * 1024 * 1024
ANSWERED_HERE = (subscriptions, listing, deployments)


async def resource_manager(request: Request) -> Response:
    principal = authenticate(request)
    cloud: Cloud = request.scope["cloud"]
    context = Context(
        cloud,
        principal,
        parse(request.url.path),
        request.method,
        dict(request.query_params),
        request.headers,
        await json_body(request),
        request.scope["host"],
    )
    return as_response(dispatch(context, split(request.url.path)))


def dispatch(context: Context, parts: list[str]) -> Reply:
    """Resources go to the registry; what ARM answers itself goes first."""
    special = next(filter(None, (one.find(context, parts) for one in ANSWERED_HERE)), None)
    if special is not None:
        return special
    if context.path.full_type == "Workshop.Emulator/operations":
        return operations.poll(context)
    if context.path.provider is None:
        raise AzureError(
            404, "InvalidRequestUri", f"The path '/{'/'.join(parts)}' is not one that Azure knows."
        )
    return context.cloud.registry.handle(context)


async def json_body(request: Request) -> Any:
    """The JSON body, None when there is none; refused when it is too large or not JSON."""
    if int(request.headers.get("content-length") or 0) > LARGEST_BODY:
        raise _too_large()
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise _too_large()
    if not body.strip():
        return None
    try:
        return json.loads(body, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise invalid_request(
            f"The request content was invalid and could not be deserialized: '{error}'."
        ) from None


def as_response(reply: Reply) -> Response:
    if reply.body is None:
        return Response(status_code=reply.status, headers=dict(reply.headers))
    return JSONResponse(reply.body, reply.status, dict(reply.headers))


def _too_large() -> AzureError:
    return AzureError(
        413,
        "RequestContentTooLarge",
        f"The request content size exceeds the maximum size of '{LARGEST_BODY // 1024 // 1024} MB'.",
    )


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
