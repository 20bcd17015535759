"""From an Authorization header to a principal, or Azure's 401."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.requests import Request

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.principal import EMULATOR, Principal

ARM_AUDIENCES = (
    "https://management.azure.com",
    "https://management.core.windows.net",
    "https://ml.azure.com",
)


def authenticate(request: Request, audiences: Iterable[str] = ARM_AUDIENCES) -> Principal:
    """Who sent the request; remembered in the scope for the log."""
    principal = EMULATOR if request.scope.get("trusted") else _bearer(request, audiences)
    request.scope["principal"] = principal.name
    return principal


def _bearer(request: Request, audiences: Iterable[str]) -> Principal:
    cloud: Cloud = request.scope["cloud"]
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() != "bearer" or not token:
        raise _unauthorized(
            "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."
        )
    claims = cloud.keyring.read(token.strip())
    if claims is None:
        raise _unauthorized("InvalidAuthenticationToken", "The access token is invalid.")
    # A client refreshes its tokens by its own clock, which does not jump when the cloud's is advanced.
    if claims["exp"] < cloud.clock.real_time():
        raise _unauthorized("ExpiredAuthenticationToken", "The access token expiry time has passed.")
    _require_audience(claims["aud"], audiences)
    principal = (
        cloud.principals.get(claims.get("oid", "")) if claims["tid"] == cloud.identity.tenant_id else None
    )
    if principal is None:
        raise _unauthorized(
            "InvalidAuthenticationTokenTenant",
            f"The access token is from the wrong issuer '{claims['iss']}'. It must match the tenant "
            f"'https://sts.windows.net/{cloud.identity.tenant_id}/' associated with this subscription.",
        )
    return principal


def _require_audience(given: str, audiences: Iterable[str]) -> None:
    if given.rstrip("/") not in {audience.rstrip("/") for audience in audiences}:
        raise _unauthorized(
            "InvalidAuthenticationTokenAudience",
            f"The access token has been obtained for wrong audience or resource '{given}'. It should exactly match "
            f"one of the allowed audiences {', '.join(repr(audience) for audience in audiences)}.",
        )


def _unauthorized(code: str, message: str) -> AzureError:
    challenge = 'Bearer authorization_uri="https://login.microsoftonline.com/common", error="invalid_token"'
    return AzureError(401, code, message, headers={"WWW-Authenticate": challenge})
