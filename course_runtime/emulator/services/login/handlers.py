"""Sign-in requests in, JSON out."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from course_runtime.emulator.front.bodies import limited_body
from course_runtime.emulator.kernel.errors import not_implemented
from course_runtime.emulator.services.login import model

LONGEST_FORM = 65_536


async def configuration(request: Request) -> Response:
    """The OpenID document; every address in it leads back here."""
    base = f"https://{request.scope['host']}/{request.path_params['tenant']}"
    cloud = request.scope["cloud"]
    try:
        model.require_tenant(cloud, request.path_params["tenant"])
    except model.SignInRefused as refused:
        return JSONResponse(_refusal(refused, cloud.clock.now()), refused.status)
    return JSONResponse(
        {
            "issuer": f"https://login.microsoftonline.com/{cloud.identity.tenant_id}/v2.0",
            "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
            "token_endpoint": f"{base}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{base}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{base}/discovery/v2.0/keys",
            "tenant_region_scope": "NA",
            "cloud_instance_name": "microsoftonline.com",
        }
    )


async def instances(request: Request) -> Response:
    host = "login.microsoftonline.com"
    aliases = [host, "login.windows.net", "login.microsoft.com", "sts.windows.net"]
    metadata = [{"preferred_network": host, "preferred_cache": "login.windows.net", "aliases": aliases}]
    tenant = request.scope["cloud"].identity.tenant_id
    endpoint = f"https://{host}/{tenant}/v2.0/.well-known/openid-configuration"
    return JSONResponse({"tenant_discovery_endpoint": endpoint, "api-version": "1.1", "metadata": metadata})


async def keys(request: Request) -> Response:
    return JSONResponse(request.scope["cloud"].keyring.public_keys())


async def token(request: Request) -> Response:
    return await _answer(request, model.grant)


async def device_code(request: Request) -> Response:
    return await _answer(request, model.start_device_code)


async def unknown(scope: Scope, receive: Receive, send: Send) -> None:
    raise not_implemented(f"{scope['method']} https://{scope['host']}{scope['path']}")


async def _answer(request: Request, model_call: Callable[..., dict[str, Any]]) -> Response:
    cloud = request.scope["cloud"]
    body = await limited_body(request, LONGEST_FORM)
    form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    request.scope["principal"] = form.get("client_id", "")
    try:
        return JSONResponse(model_call(cloud, request.path_params["tenant"], form))
    except model.SignInRefused as refused:
        return JSONResponse(_refusal(refused, cloud.clock.now()), refused.status)


def _refusal(refused: model.SignInRefused, now: float) -> dict[str, Any]:
    trace, correlation = str(uuid.uuid4()), str(uuid.uuid4())
    moment = datetime.fromtimestamp(now, tz=timezone.utc).strftime("%Y-%m-%d %H:%M:%SZ")
    marks = f" Trace ID: {trace} Correlation ID: {correlation} Timestamp: {moment}"
    return {
        "error": refused.error,
        "error_description": refused.description + marks,
        "error_codes": [refused.number],
        "timestamp": moment,
        "trace_id": trace,
        "correlation_id": correlation,
        "error_uri": f"https://login.microsoftonline.com/error?code={refused.number}",
    }
