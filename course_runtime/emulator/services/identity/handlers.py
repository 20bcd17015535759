"""A managed identity's token, for whoever asks from the machine it belongs to."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.front.bodies import limited_body
from course_runtime.emulator.services.login import model
from course_runtime.emulator.services.login.handlers import LONGEST_FORM

PROOFS = ("metadata", "x-identity-header", "secret")
"""A request from a browser or a redirect carries none of these headers: Azure refuses it, so do we."""


async def token(request: Request) -> Response:
    if not any(request.headers.get(name) for name in PROOFS):
        message = "Required metadata header not specified"
        return JSONResponse({"error": "invalid_request", "error_description": message}, 400)
    form = dict(parse_qsl((await limited_body(request, LONGEST_FORM)).decode("utf-8", "replace")))
    asked = {**request.query_params, **form}
    client_id = asked.get("client_id") or asked.get("clientid")
    if "resource" not in asked:
        message = "Required query variable 'resource' is missing"
        return JSONResponse({"error": "invalid_request", "error_description": message}, 400)
    try:
        cloud, secret = request.scope["cloud"], request.headers.get("secret", "")
        return JSONResponse(
            model.job_token(cloud, asked["resource"], secret)
            or model.managed_identity_token(cloud, asked["resource"], client_id)
        )
    except model.SignInRefused as refused:
        return JSONResponse({"error": refused.error, "error_description": str(refused)}, 400)


async def on_behalf_of(request: Request) -> Response:
    """The token of the person who submitted a job, where the job runs with the user's identity."""
    resource = request.query_params.get("resource", "")
    try:
        found = model.job_token(request.scope["cloud"], resource, request.path_params["secret"])
    except model.SignInRefused as refused:
        return JSONResponse({"error": refused.error, "error_description": str(refused)}, 400)
    return JSONResponse(
        found or {"error": "invalid_request", "error_description": "Identity not found"},
        200 if found else 400,
    )
