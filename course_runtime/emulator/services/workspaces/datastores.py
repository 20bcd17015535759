"""Datastores: names for places in storage, with the credentials to reach them. Secrets are kept apart."""

from __future__ import annotations

from typing import ClassVar

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.kernel.paging import page
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import Resource, action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.account_containers import ensure_container
from course_runtime.emulator.services.workspaces.assets import not_found
from course_runtime.emulator.store.resources import Stored

REQUIRED = {
    "AzureBlob": ("accountName", "containerName"),
    "AzureDataLakeGen1": ("storeName",),
    "AzureDataLakeGen2": ("accountName", "filesystem"),
    "AzureFile": ("accountName", "fileShareName"),
    "OneLake": ("oneLakeWorkspaceName", "artifact"),
    "Hdfs": ("nameNodeAddress",),
}
ALLOWED_CREDENTIALS = {
    "AzureBlob": ("None", "AccountKey", "Sas", "ServicePrincipal"),
    "AzureDataLakeGen1": ("None", "ServicePrincipal"),
    "AzureDataLakeGen2": ("None", "AccountKey", "ServicePrincipal"),
    "AzureFile": ("AccountKey", "Sas"),
    "OneLake": ("None", "ServicePrincipal"),
    "Hdfs": ("KerberosKeytab", "KerberosPassword"),
}
SECRET_FIELDS = {
    "AccountKey": ("key",),
    "Sas": ("sasToken",),
    "ServicePrincipal": ("clientSecret",),
    "Certificate": ("certificate",),
    "KerberosKeytab": ("kerberosKeytab",),
    "KerberosPassword": ("kerberosPassword",),
}
BUILT_IN = ("workspaceblobstore", "workspaceartifactstore", "workspacefilestore", "workspaceworkingdirectory")


class Datastores(Resource):
    type = f"{names.WORKSPACES}/datastores"
    shape: ClassVar[Shape] = {"credentials": {"secrets": {"*": str}}, "tags": dict, "properties": dict}
    name_pattern = r"[a-zA-Z0-9][a-zA-Z0-9_\-]{0,254}"
    name_rule = "1 to 255 letters, digits, '_' and '-', and starts with a letter or digit"

    def missing(self, context: Context) -> AzureError:
        there = context.cloud.resources.children(context.path.parent_id(), self.type)
        known = ", ".join(f"'{one.name}'" for one in there)
        return not_found(
            context, f"datastore with name '{context.path.name}' (those that are there: {known})"
        )

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        kind = _known(str(properties.get("datastoreType")), tuple(REQUIRED), "datastore type")
        properties["datastoreType"] = kind
        for field in REQUIRED[kind]:
            if not properties.get(field):
                raise user_error(
                    f"'{field}' is required for a datastore of type '{kind}' ('{context.path.name}')."
                )
        if existing and existing.properties["datastoreType"] != kind:
            raise user_error(
                f"The type of the datastore '{existing.name}' is '{existing.properties['datastoreType']}' and cannot "
                f"be changed to '{kind}'. Delete it first, or choose another name."
            )
        credentials = properties["credentials"] = properties.get("credentials") or {"credentialsType": "None"}
        if not isinstance(credentials, dict):
            raise user_error("'credentials' must be a JSON object.")
        allowed = (*ALLOWED_CREDENTIALS[kind], "Certificate")
        given = _known(str(credentials.get("credentialsType")), allowed, f"credential type of '{kind}'")
        credentials["credentialsType"] = given
        kept = bool(existing and existing.secrets.get("secretsType") == given)
        secrets = credentials.get("secrets") or {}
        for field in SECRET_FIELDS.get(given, ()):
            if not secrets.get(field) and not kept:
                raise user_error(
                    f"'credentials.secrets.{field}' is required for credentials of type '{given}'."
                )

    def take_secrets(self, body: Body, context: Context) -> Body:
        credentials = body["properties"]["credentials"]
        given = {key: value for key, value in (credentials.pop("secrets", None) or {}).items() if value}
        given.pop("secretsType", None)
        kept = context.cloud.resources.get(context.path.id)
        kind = credentials["credentialsType"]
        before = kept.secrets if kept and kept.secrets.get("secretsType") == kind else {}
        # Whatever belonged to another kind of credential must not outlive it.
        gone = dict.fromkeys(kept.secrets, None) if kept else {}
        return gone | before | given | {"secretsType": kind}

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        kind = properties["datastoreType"]
        if kind in ("AzureBlob", "AzureDataLakeGen2", "AzureFile"):
            properties["endpoint"] = properties.get("endpoint") or "core.windows.net"
            properties["protocol"] = properties.get("protocol") or "https"
        properties["description"] = properties.get("description")
        properties["tags"] = properties.get("tags") or {}
        properties["properties"] = properties.get("properties") or {}
        given = properties.get("isDefault")
        properties["isDefault"] = (
            bool(existing and existing.properties["isDefault"]) if given is None else bool(given)
        )
        path = context.path
        properties["subscriptionId"] = properties.get("subscriptionId") or path.subscription
        properties["resourceGroup"] = properties.get("resourceGroup") or path.group

    def created(self, stored: Stored, context: Context) -> None:
        self.updated(stored, context)

    def updated(self, stored: Stored, context: Context) -> None:
        """There is one default."""
        if not stored.properties["isDefault"]:
            return
        for other in context.cloud.resources.children(context.path.parent_id(), self.type):
            if other.properties["isDefault"] and other.id != stored.id:
                other.properties["isDefault"] = False
                context.cloud.resources.put(parse(other.id), other)

    def require_deletable(self, stored: Stored, context: Context) -> None:
        if stored.properties["isDefault"] or stored.name in BUILT_IN:
            which = (
                "the default datastore" if stored.properties["isDefault"] else "one that every workspace has"
            )
            raise user_error(
                f"The datastore '{stored.name}' cannot be deleted: it is {which}."
                + (" Make another one the default first." if stored.name not in BUILT_IN else ""),
            )

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        self.require_parent(context)
        query = {key.lower(): value for key, value in context.query.items()}

        def keep(stored: Stored) -> bool:
            wanted = query.get("isdefault")
            listed = [one for one in query.get("names", "").split(",") if one]
            default = wanted is None or stored.properties["isDefault"] == (wanted.lower() == "true")
            return default and (not listed or stored.name in listed)

        return page(context, self.type, lambda stored: self.show(stored, context), keep=keep)

    @action("listSecrets")
    def list_secrets(self, stored: Stored, context: Context) -> Reply:
        kind = stored.properties["credentials"]["credentialsType"]
        if kind == "None":
            raise user_error(
                f"The datastore '{stored.name}' has credentials of type None: it keeps no secrets."
            )
        current = self._current_key(stored, context)
        shown = {field: stored.secrets.get(field) for field in SECRET_FIELDS[kind]} | current
        return Reply(200, {"secretsType": kind} | shown)

    def _current_key(self, stored: Stored, context: Context) -> Body:
        """The built-in datastores follow their account's key."""
        account = context.cloud.resources.get(str(stored.secrets.get("accountId")))
        return {"key": account.secrets["key1"]} if account else {}


def add_built_in(cloud: Cloud, workspace: Stored, account: Stored) -> None:
    """The datastores that come with a workspace, on its own storage account."""
    identifier = workspace.properties["workspaceId"]
    blob, share = f"azureml-blobstore-{identifier}", f"azureml-filestore-{identifier}"
    working = f"code-{identifier.split('-')[0]}"
    for container in (blob, "azureml"):
        ensure_container(cloud, account, container)
    places: tuple[tuple[str, Body], ...] = (
        ("workspaceblobstore", {"datastoreType": "AzureBlob", "containerName": blob, "isDefault": True}),
        ("workspaceartifactstore", {"datastoreType": "AzureBlob", "containerName": "azureml"}),
        ("workspacefilestore", {"datastoreType": "AzureFile", "fileShareName": share}),
        ("workspaceworkingdirectory", {"datastoreType": "AzureFile", "fileShareName": working}),
    )
    for name, place in places:
        secrets = {"secretsType": "AccountKey", "key": account.secrets["key1"], "accountId": account.id}
        properties = place | {
            "accountName": account.name,
            "credentials": {"credentialsType": "AccountKey", "secrets": secrets},
            "serviceDataAccessAuthIdentity": "None",
        }
        cloud.write(f"{workspace.id}/datastores/{name}", {"properties": properties})


def _known(given: str, expected: tuple[str, ...], what: str) -> str:
    for one in expected:
        if one.lower() == given.lower():
            return one
    raise user_error(f"'{given}' is not a {what}: one of {', '.join(expected)} was expected.")
