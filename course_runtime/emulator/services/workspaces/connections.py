"""Connections: how to reach another service, its secret kept apart."""

from __future__ import annotations

from typing import ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.resource import Resource, action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.store.resources import Stored

OPEN_FIELDS = ("clientId", "tenantId", "username", "resourceId", "accessKeyId")
"""Parts of credentials that are no secret."""
AUTH_TYPES = (
    "None",
    "PAT",
    "SAS",
    "UsernamePassword",
    "ManagedIdentity",
    "ServicePrincipal",
    "AccessKey",
    "ApiKey",
    "CustomKeys",
    "AccountKey",
    "OAuth2",
    "AAD",
)


class Connections(Resource):
    shape: ClassVar[Shape] = {"category": str, "authType": str, "metadata": dict}
    type = f"{names.WORKSPACES}/connections"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        names.outer(context)
        properties = body["properties"]
        if not properties.get("category"):
            raise AzureError(
                400, "ValidationError", "'category' is required: a connection says what it leads to."
            )
        kind = str(properties.get("authType") or "None")
        if kind.lower() not in {one.lower() for one in AUTH_TYPES}:
            raise AzureError(
                400,
                "ValidationError",
                f"'{kind}' is not an authType: one of {', '.join(AUTH_TYPES)} was expected.",
            )
        properties["authType"] = kind

    def take_secrets(self, body: Body, context: Context) -> Body:
        credentials = body["properties"].pop("credentials", None)
        if not isinstance(credentials, dict):
            return {}
        shown = {key: value for key, value in credentials.items() if key in OPEN_FIELDS}
        body["properties"]["credentials"] = shown or None
        return {"credentials": credentials}

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        properties["metadata"] = properties.get("metadata") or {}
        properties["isSharedToAll"] = bool(properties.get("isSharedToAll"))
        properties["createdByWorkspaceArmId"] = names.outer_id(context)
        properties.setdefault("credentials", existing.properties.get("credentials") if existing else None)

    @action("listSecrets")
    def list_secrets(self, stored: Stored, context: Context) -> Reply:
        credentials = stored.secrets.get("credentials") or stored.properties.get("credentials")
        return Reply(200, stored.body | {"properties": stored.properties | {"credentials": credentials}})
