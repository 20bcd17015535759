"""Managed identities: a resource that asks for one gets a principal of its own in the directory."""

from __future__ import annotations

import uuid

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, bad_request
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.store.resources import Stored

USER_ASSIGNED = "Microsoft.ManagedIdentity/userAssignedIdentities"
KINDS = {"systemassigned": "SystemAssigned", "userassigned": "UserAssigned", "none": "None"}


def with_principal(asked: Body, name: str, context: Context, existing: Stored | None) -> Body:
    """The identity block as the service answers it: with principal ids filled in."""
    identity = dict(asked)
    kind = identity["type"] = _kind(str(identity.get("type") or "None"))
    if "systemassigned" in kind.lower():
        kept = (existing.body.get("identity") or {}) if existing else {}
        identity["principalId"] = kept.get("principalId") or _new_principal(name, context)
        identity["tenantId"] = context.cloud.identity.tenant_id
    if identity.get("userAssignedIdentities"):
        given = identity["userAssignedIdentities"]
        identity["userAssignedIdentities"] = {one: _user_assigned(one, context) for one in given}
    return identity


def _kind(asked: str) -> str:
    """The type in the service's own casing: "SystemAssigned,UserAssigned" for both."""
    words = [word.strip().lower() for word in asked.split(",")]
    if not set(words) <= set(KINDS):
        raise AzureError(
            400,
            "InvalidIdentityType",
            f"'{asked}' is not a type of identity: {', '.join(KINDS.values())} or 'SystemAssigned,UserAssigned' was "
            "expected.",
        )
    return ",".join(KINDS[word] for word in words)


def _new_principal(name: str, context: Context) -> str:
    object_id = str(uuid.uuid4())
    principal = Principal(object_id, name, "ServicePrincipal", str(uuid.uuid4()), managed=True)
    context.cloud.principals.put(principal)
    return object_id


def _user_assigned(resource_id: str, context: Context) -> Body:
    found = context.cloud.resources.get(resource_id)
    if found is None or found.body["type"] != USER_ASSIGNED:
        raise bad_request(f"The user-assigned identity '{resource_id}' was not found: create it first.")
    return {"principalId": found.properties["principalId"], "clientId": found.properties["clientId"]}
