"""A request to a vault in, JSON out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.kernel.errors import AzureError, not_implemented
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.arm.handlers import json_body
from course_runtime.emulator.services.keyvault import secrets, vaults
from course_runtime.emulator.services.keyvault.errors import VaultError, bad_parameter
from course_runtime.emulator.services.keyvault.vaults import Right, Vault
from course_runtime.emulator.services.login.authentication import authenticate

AUDIENCE = "https://vault.azure.net"
LARGEST_PAGE = 25


async def put(request: Request) -> Response:
    vault, name = _open(request, vaults.SET)
    return JSONResponse(secrets.set_secret(vault, name, await _body(request)))


async def get(request: Request) -> Response:
    vault, name = _open(request, vaults.GET)
    return JSONResponse(secrets.get_secret(vault, name, request.path_params.get("version", "")))


async def update(request: Request) -> Response:
    vault, name = _open(request, vaults.UPDATE)
    version = request.path_params.get("version", "")
    return JSONResponse(secrets.update_secret(vault, name, version, await _body(request)))


async def delete(request: Request) -> Response:
    vault, name = _open(request, vaults.DELETE)
    return JSONResponse(secrets.delete_secret(vault, name))


async def list_secrets(request: Request) -> Response:
    vault, _ = _open(request, vaults.LIST)
    return _page(request, vault, secrets.secrets)


async def list_versions(request: Request) -> Response:
    vault, name = _open(request, vaults.LIST)
    return _page(request, vault, lambda one: secrets.versions(one, name))


async def list_deleted(request: Request) -> Response:
    vault, _ = _open(request, vaults.LIST)
    return _page(request, vault, secrets.deleted_secrets)


async def get_deleted(request: Request) -> Response:
    vault, name = _open(request, vaults.LIST)
    return JSONResponse(secrets.deleted_secret(vault, name))


async def recover(request: Request) -> Response:
    vault, name = _open(request, vaults.RECOVER)
    return JSONResponse(secrets.recover_secret(vault, name))


async def purge(request: Request) -> Response:
    vault, name = _open(request, vaults.PURGE)
    secrets.purge_secret(vault, name)
    return Response(status_code=204)


async def unknown(request: Request) -> Response:
    raise not_implemented(f"{request.method} https://{request.scope['host']}{request.url.path}")


def _open(request: Request, right: Right) -> tuple[Vault, str]:
    """The vault and the secret's name, once the caller may do that."""
    vault = vaults.vault_of(request.scope["cloud"], request.scope["host"])
    principal = _caller(request)
    name = request.path_params.get("name", "")
    vault.require(principal, right, name)
    return vault, name


def _caller(request: Request) -> Principal:
    try:
        return authenticate(request, [AUDIENCE])
    except AzureError as error:
        tenant = request.scope["cloud"].identity.tenant_id
        challenge = (
            f'Bearer authorization="https://login.microsoftonline.com/{tenant}", resource="{AUDIENCE}"'
        )
        given = request.headers.get("authorization")
        message = (
            f"AKV10000: Request is missing a Bearer or PoP token. {error.message}"
            if not given
            else error.message
        )
        raise VaultError(401, "Unauthorized", message, headers={"WWW-Authenticate": challenge}) from None


async def _body(request: Request) -> dict[str, Any]:
    body = await json_body(request)
    if not isinstance(body, dict):
        raise bad_parameter("The request body must be a JSON object.")
    return body


def _page(request: Request, vault: Vault, find: Callable[[Vault], list[dict[str, Any]]]) -> Response:
    """At most 25 at a time, as the service does it; `$skiptoken` says how many were shown."""
    found = find(vault)
    start = _number(request.query_params.get("$skiptoken", "0"))
    size = min(_number(request.query_params.get("maxresults", str(LARGEST_PAGE))) or 1, LARGEST_PAGE)
    link = None
    if start + size < len(found):
        query = dict(request.query_params) | {"$skiptoken": str(start + size)}
        link = f"https://{request.scope['host']}{request.url.path}?{urlencode(query)}"
    return JSONResponse({"value": found[start : start + size], "nextLink": link})


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 9:
        raise bad_parameter(f"A whole number was expected, '{text}' came.")
    return int(text)
