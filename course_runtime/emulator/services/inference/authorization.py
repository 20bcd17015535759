"""Who may score: holders of a key, of the endpoint's own token, or of an Entra token with the right role."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.inference.answers import Refused
from course_runtime.emulator.services.login.authentication import authenticate
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.endpoint_tokens import is_valid
from course_runtime.emulator.store.resources import Stored

AUDIENCES = ("https://ml.azure.com",)
ONLINE_SCORE = f"{names.WORKSPACES}/onlineEndpoints/score/action"


def authorize(request: Request, endpoint: Stored) -> None:
    """Refused, or an AzureError, unless the caller may score."""
    _require_public(endpoint)
    mode = endpoint.properties["authMode"]
    if mode == "AADToken":
        principal = authenticate(request, AUDIENCES)
        cloud: Cloud = request.scope["cloud"]
        cloud.access.require(principal, ONLINE_SCORE, endpoint.id)
    elif not request.scope.get("trusted"):
        (_require_key if mode == "Key" else _require_token)(_bearer(request, mode), request, endpoint)


def _require_key(given: str, request: Request, endpoint: Stored) -> None:
    for name in ("primaryKey", "secondaryKey"):
        if secrets.compare_digest(given.encode(), endpoint.secrets[name].encode()):
            request.scope["principal"] = name
            return
    raise Refused(
        401,
        "key_auth_access_denied",
        f"The key that came is neither the primary nor the secondary key of the endpoint '{endpoint.name}'. "
        "`ml_client.online_endpoints.get_keys(name)` gives both; a key that was regenerated is of no more use.",
    )


def _require_token(given: str, request: Request, endpoint: Stored) -> None:
    if not is_valid(request.scope["cloud"], endpoint, given):
        raise Refused(
            401,
            "token_auth_access_denied",
            f"The token that came is none of the endpoint '{endpoint.name}', or its time has passed. "
            "`ml_client.online_endpoints.get_keys(name).access_token` gives a new one.",
        )
    request.scope["principal"] = "token"


def _bearer(request: Request, mode: str) -> str:
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer" and given.strip():
        return given.strip()
    what = "KEY" if mode == "Key" else "TOKEN"
    raise Refused(
        401,
        "auth_missing",
        f"The header 'Authorization: Bearer {what}' was expected; '{kind}' came."
        if kind
        else f"The header 'Authorization: Bearer {what}' was expected; none came.",
    )


def _require_public(endpoint: Stored) -> None:
    if str(endpoint.properties.get("publicNetworkAccess")).lower() == "disabled":
        raise Refused(
            403,
            "public_network_access_denied",
            f"The endpoint '{endpoint.name}' takes no requests from the public network: its public_network_access is "
            "'disabled'.",
        )
