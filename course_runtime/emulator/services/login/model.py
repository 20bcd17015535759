"""Who gets which token. No HTTP here: grants in, tokens or Entra's own refusals out."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.login.tokens import LIFETIME

JOB_SECRET = "job-secret"
DEVICE_CODE_LIFETIME = 900
REFRESH, DEVICE = "refresh-token", "device-code"


class SignInRefused(Exception):
    """Entra's error: an OAuth code, an AADSTS number and a sentence."""

    def __init__(self, error: str, number: int, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.error = error
        self.number = number
        self.status = status
        self.description = f"AADSTS{number}: {message}"


def grant(cloud: Cloud, tenant: str, form: Mapping[str, str]) -> dict[str, Any]:
    """Answer a token request."""
    require_tenant(cloud, tenant)
    kind = form.get("grant_type", "")
    grants = {
        "client_credentials": _client_credentials,
        "refresh_token": _refresh_token,
        "device_code": _device_code,
        "urn:ietf:params:oauth:grant-type:device_code": _device_code,
        "password": _password,
    }
    if kind not in grants:
        raise SignInRefused(
            "unsupported_grant_type", 70003, f"The grant type '{kind}' is not supported here."
        )
    return grants[kind](cloud, form)


def start_device_code(cloud: Cloud, tenant: str, form: Mapping[str, str]) -> dict[str, Any]:
    """Begin a sign-in by code. The tenant's user approves it at once: nobody else could."""
    require_tenant(cloud, tenant)
    code = secrets.token_urlsafe(48)
    user_code = "".join(secrets.choice("BCDFGHJKLMNPQRSTVWXZ23456789") for _ in range(9))
    expires = cloud.clock.now() + DEVICE_CODE_LIFETIME
    cloud.documents.put(DEVICE, code, {"expires": expires, "scope": form.get("scope", "")})
    page = "https://microsoft.com/devicelogin"
    return {
        "user_code": user_code,
        "device_code": code,
        "verification_uri": page,
        "verification_url": page,
        "expires_in": DEVICE_CODE_LIFETIME,
        "interval": 1,
        "message": f"To sign in, use a web browser to open the page {page} and enter the code {user_code} to "
        "authenticate. (This is the workshop's own Azure: it approves the code by itself.)",
    }


def managed_identity_token(cloud: Cloud, resource: str, client_id: str | None) -> dict[str, Any]:
    """The token of the machine's own identity."""
    if client_id:
        principal = cloud.principals.by_app(client_id)
    else:
        principal = cloud.principals.first(kind="ServicePrincipal", managed=True)
    if principal is None or not principal.managed:
        raise SignInRefused("invalid_request", 0, "Identity not found")
    return issue(cloud, principal, audience_of(resource))


def job_token(cloud: Cloud, resource: str, secret: str) -> dict[str, Any] | None:
    """The token of the job whose secret this is; None when it is no job's."""
    kept = cloud.documents.get(JOB_SECRET, secret)
    if kept is None:
        return None
    principal = cloud.principals.get(kept["object_id"])
    if principal is None:
        raise SignInRefused("invalid_request", 0, "Identity not found")
    return issue(cloud, principal, audience_of(resource))


def issue(cloud: Cloud, principal: Principal, audience: str) -> dict[str, Any]:
    """An access token for the audience, in the words of an OAuth answer."""
    now = int(cloud.clock.real_time())
    claims: dict[str, Any] = {
        "aud": audience,
        "iss": f"https://sts.windows.net/{cloud.identity.tenant_id}/",
        "iat": now,
        "nbf": now - 300,
        "exp": now + LIFETIME,
        "oid": principal.object_id,
        "sub": principal.object_id,
        "tid": cloud.identity.tenant_id,
        "ver": "1.0",
        "uti": secrets.token_urlsafe(16),
    }
    if principal.app_id:
        claims |= {"appid": principal.app_id, "idtyp": "app"}
    else:
        claims |= {
            "upn": principal.name,
            "unique_name": principal.name,
            "name": principal.name,
            "idtyp": "user",
        }
    return {
        "token_type": "Bearer",
        "expires_in": LIFETIME,
        "ext_expires_in": LIFETIME,
        "expires_on": str(now + LIFETIME),
        "not_before": str(now - 300),
        "resource": audience,
        "access_token": cloud.keyring.sign(claims),
    }


def audience_of(scope: str) -> str:
    """The first resource a scope names: `https://ml.azure.com/.default` asks for `https://ml.azure.com`."""
    for word in scope.split():
        if "://" in word:
            return word.removesuffix("/.default").removesuffix("/user_impersonation")
    return scope.split()[0] if scope.split() else "https://management.azure.com"


def require_tenant(cloud: Cloud, tenant: str) -> None:
    known = {cloud.identity.tenant_id.lower(), "common", "organizations"}
    if tenant.lower() not in known and not cloud.open_to_all:
        raise SignInRefused(
            "invalid_request",
            90002,
            f"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing "
            "into the correct cloud.",
        )


def _client_credentials(cloud: Cloud, form: Mapping[str, str]) -> dict[str, Any]:
    app_id, secret = form.get("client_id", ""), form.get("client_secret", "")
    principal = cloud.principals.by_app(app_id)
    if principal is None and cloud.open_to_all and app_id and secret:
        principal = cloud.add_principal(
            Principal(str(uuid.uuid5(uuid.NAMESPACE_OID, app_id)), app_id, "ServicePrincipal", app_id, secret)
        )
    if principal is None:
        raise SignInRefused(
            "unauthorized_client",
            700016,
            f"Application with identifier '{app_id}' was not found in the directory "
            f"'{cloud.identity.tenant_id}'. This can happen if the application has not been installed by the "
            "administrator of the tenant. You may have sent your authentication request to the wrong tenant.",
        )
    if not secrets.compare_digest(principal.secret.encode(), secret.encode()) or not secret:
        raise SignInRefused(
            "invalid_client",
            7000215,
            "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
            f"value, not the client secret ID, for a secret added to app '{app_id}'.",
            401,
        )
    return issue(cloud, principal, audience_of(_audience(form)))


def _device_code(cloud: Cloud, form: Mapping[str, str]) -> dict[str, Any]:
    code = form.get("device_code") or form.get("code") or ""
    started = cloud.documents.get(DEVICE, code)
    if started is None:
        raise SignInRefused("bad_verification_code", 70000, "The provided device code is not known.")
    if cloud.clock.now() > started["expires"]:
        raise SignInRefused("expired_token", 70020, "The provided device code has expired.")
    cloud.documents.delete(DEVICE, code)
    return _for_user(cloud, form.get("scope") or form.get("resource") or started["scope"])


def _password(cloud: Cloud, form: Mapping[str, str]) -> dict[str, Any]:
    user = cloud.principals.first(kind="User")
    given = (form.get("username", "").lower(), form.get("password", ""))
    if user is None or not user.secret or given != (user.name.lower(), user.secret):
        raise SignInRefused(
            "invalid_grant", 50126, "Error validating credentials due to invalid username or password."
        )
    return _for_user(cloud, _audience(form))


def _refresh_token(cloud: Cloud, form: Mapping[str, str]) -> dict[str, Any]:
    kept = cloud.documents.get(REFRESH, form.get("refresh_token", ""))
    principal = cloud.principals.get(kept["object_id"]) if kept else None
    if principal is None:
        raise SignInRefused("invalid_grant", 70008, "The provided refresh token is not known or has expired.")
    return _for_user(cloud, _audience(form), principal)


def _audience(form: Mapping[str, str]) -> str:
    return form.get("resource") or form.get("scope", "")


def _for_user(cloud: Cloud, scope: str, user: Principal | None = None) -> dict[str, Any]:
    """What a person gets: an access token, and the means to ask for the next one."""
    principal = user or cloud.principals.first(kind="User")
    if principal is None:
        raise SignInRefused("invalid_grant", 50034, "There is no user in this directory.")
    refresh = secrets.token_urlsafe(48)
    cloud.documents.put(REFRESH, refresh, {"object_id": principal.object_id})
    token = issue(cloud, principal, audience_of(scope))
    identity: dict[str, Any] = {
        "aud": "workshop",
        "oid": principal.object_id,
        "preferred_username": principal.name,
    }
    now = int(cloud.clock.real_time())
    identity |= {"iss": f"https://login.microsoftonline.com/{cloud.identity.tenant_id}/v2.0", "iat": now}
    identity |= {"exp": now + LIFETIME, "tid": cloud.identity.tenant_id, "sub": principal.object_id}
    return token | {
        "refresh_token": refresh,
        "scope": scope,
        "id_token": cloud.keyring.sign(identity),
        "client_info": _client_info(principal, cloud),
    }


def _client_info(principal: Principal, cloud: Cloud) -> str:
    import base64
    import json

    info = {"uid": principal.object_id, "utid": cloud.identity.tenant_id}
    return base64.urlsafe_b64encode(json.dumps(info).encode()).decode().rstrip("=")
