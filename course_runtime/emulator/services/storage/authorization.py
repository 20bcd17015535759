"""May this request do what it asks? By account key, shared access signature, token, or as anybody."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.requests import Request

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.principal import EMULATOR, Principal
from course_runtime.emulator.services.login.authentication import authenticate
from course_runtime.emulator.services.storage import sas, shared_key
from course_runtime.emulator.services.storage.accounts import Account
from course_runtime.emulator.services.storage.call import Call, Caller
from course_runtime.emulator.services.storage.errors import StorageError, permission_mismatch
from course_runtime.emulator.services.storage.formats import split_query

BLOBS = "Microsoft.Storage/storageAccounts/blobServices/containers/blobs"
CONTAINERS = "Microsoft.Storage/storageAccounts/blobServices/containers"
ACCOUNT_KEY_ONLY = "-"


@dataclass(frozen=True)
class Permission:
    """What an operation needs: an action of a role, or a letter of a signature."""

    action: str
    letters: str
    """Any of these in a shared access signature; none suffices where this is empty."""
    resource_type: str
    """Of an account signature: (s)ervice, (c)ontainer or (o)bject."""
    public: str = ""
    """The public access that opens the operation to anybody: `blob`, or `container` only."""


LETTER_ACTIONS = {
    "r": f"{BLOBS}/read",
    "l": f"{BLOBS}/read",
    "w": f"{BLOBS}/write",
    "c": f"{BLOBS}/write",
    "a": f"{BLOBS}/write",
    "d": f"{BLOBS}/delete",
    "t": f"{BLOBS}/tags/write",
}


def authorize(call: Call, permission: Permission) -> Caller:
    """Who asks; refused in Azure's words when they may not."""
    request = call.request
    scheme = call.header("authorization").partition(" ")[0].lower()
    if request.scope.get("trusted"):
        return Caller("trusted", EMULATOR.name, object_id=EMULATOR.object_id)
    if scheme == "bearer":
        return _by_token(call, permission)
    if scheme == "sharedkey":
        return _by_key(call)
    if scheme:
        raise shared_key.unsupported_scheme(scheme)
    if "sig" in call.query:
        return by_signature(_target(call), permission)
    return _as_anybody(call, permission)


def by_signature(target: sas.Target, permission: Permission) -> Caller:
    """By the shared access signature in a query; of the request itself, or of a copy's source."""
    delegated = "skoid" in target.query
    if not delegated:
        _require_keys_allowed(target.account)
    grant = sas.read(target, permission.resource_type)
    held = [letter for letter in permission.letters if letter in grant.letters]
    if not held:
        raise permission_mismatch()
    if grant.delegated_by and not _delegator_may(target, grant.delegated_by, held):
        raise permission_mismatch()
    name = (
        f"signature by {grant.delegated_by}" if grant.delegated_by else f"signature of {target.account.name}"
    )
    return Caller("sas", name, grant.letters, grant.delegated_by)


def require_source(source: Call, permission: Permission, query: str) -> None:
    """The right on a rename's source: by the signature in its own query, else by that of the request."""
    caller = source.caller
    if caller.kind == "token":
        principal = source.cloud.principals.get(caller.object_id)
        if principal is None or not allows(source, principal, permission.action):
            raise permission_mismatch()
    if caller.kind == "sas":
        own = {name.lower(): value for name, value in split_query(query)}
        by_signature(replace(_target(source), query=own if "sig" in own else source.query), permission)


def may_overwrite(caller: Caller) -> bool:
    """A signature with create but without write must not touch what is there."""
    return caller.kind != "sas" or "w" in caller.letters


def scope_of(account: Account, container: str) -> str:
    return f"{account.id}/blobServices/default/containers/{container}" if container else account.id


def allows(call_or_target: Call | sas.Target, principal: Principal, action: str) -> bool:
    """Blobs are a data action, containers an action of Resource Manager's kind."""
    access = call_or_target.cloud.access
    scope = scope_of(call_or_target.account, call_or_target.container)
    is_data = action.startswith(f"{BLOBS}/") or "/fileServices/fileshares/" in action
    return (
        access.allows_data(principal, action, scope) if is_data else access.allows(principal, action, scope)
    )


def _by_token(call: Call, permission: Permission) -> Caller:
    principal = _bearer(call.request, call.account)
    if permission.action == ACCOUNT_KEY_ONLY:
        raise StorageError(
            403,
            "AuthorizationFailure",
            "This request is not authorized to perform this operation: it needs the account's key.",
        )
    if not allows(call, principal, permission.action):
        raise permission_mismatch()
    return Caller("token", principal.name, object_id=principal.object_id)


def _bearer(request: Request, account: Account) -> Principal:
    audiences = ("https://storage.azure.com", f"https://{request.scope['host']}")
    try:
        return authenticate(request, audiences)
    except AzureError as error:
        raise StorageError(
            401,
            "InvalidAuthenticationInfo",
            f"Server failed to authenticate the request. {error.message}",
            headers=challenge(request),
        ) from None


def challenge(request: Request) -> dict[str, str]:
    tenant = request.scope["cloud"].identity.tenant_id
    return {
        "WWW-Authenticate": f"Bearer authorization_uri=https://login.microsoftonline.com/{tenant}/oauth2/authorize "
        "resource_id=https://storage.azure.com"
    }


def _by_key(call: Call) -> Caller:
    _require_keys_allowed(call.account)
    raw_path = call.request.scope["raw_path"].decode("latin-1")
    query = call.request.scope["query_string"].decode("latin-1")
    account = call.account
    shared_key.require_signature(call.method, raw_path, query, call.headers, account.name, account.keys)
    return Caller("key", f"key of {account.name}")


def _require_keys_allowed(account: Account) -> None:
    if not account.allows_shared_key:
        raise StorageError(
            403,
            "KeyBasedAuthenticationNotPermitted",
            "Key based authentication is not permitted on this storage account.",
        )


def _target(call: Call) -> sas.Target:
    return sas.Target(
        call.cloud, call.account, call.service, call.container, call.path, call.query, call.headers
    )


def _delegator_may(target: sas.Target, object_id: str, letters: list[str]) -> bool:
    principal = target.cloud.principals.get(object_id)
    if principal is None:
        return False
    return any(allows(target, principal, LETTER_ACTIONS.get(letter, BLOBS + "/write")) for letter in letters)


def _as_anybody(call: Call, permission: Permission) -> Caller:
    if not call.container:
        raise StorageError(
            401,
            "NoAuthenticationInformation",
            "Server failed to authenticate the request. Please refer to the information in the www-authenticate "
            "header.",
            headers=challenge(call.request),
        )
    if not call.account.allows_public_access:
        raise StorageError(
            409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account."
        )
    container = call.store.container(call.key, call.container)
    opened = {"blob": ("blob",), "container": ("blob", "container")}.get(
        container.public if container else "", ()
    )
    if not permission.public or permission.public not in opened:
        raise StorageError(404, "ResourceNotFound", "The specified resource does not exist.")
    return Caller("anonymous", "anybody")
