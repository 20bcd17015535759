"""The resources a workspace stands on, as Resource Manager keeps them. Their data planes live in other services."""

from __future__ import annotations

import base64
import re
import secrets
import uuid

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, invalid_request
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.kernel.resource import Resource, action, require_body
from course_runtime.emulator.services.arm.locations import normalised
from course_runtime.emulator.store.resources import Stored


class Dependent(Resource):
    """A tracked resource with a location, and a provisioning state that is soon reached."""

    tracked = True

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        if not body.get("location"):
            raise AzureError(
                400, "LocationRequired", "The location property is required for this definition."
            )
        body["location"] = normalised(body["location"], self.type)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        body["properties"]["provisioningState"] = "Succeeded"


class StorageAccounts(Dependent):
    type = "Microsoft.Storage/storageAccounts"
    created_status = 200
    endpoints = ("blob", "dfs", "file", "queue", "table")

    def require_name(self, name: str) -> None:
        if not re.fullmatch(r"[a-z0-9]{3,24}", name):
            raise AzureError(
                400,
                "AccountNameInvalid",
                f"{name} is not a valid storage account name. Storage account name must be between 3 and 24 "
                "characters in length and use numbers and lower-case letters only.",
            )

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().defaults(body, context, existing)
        if existing is None:
            _require_unused(self.type, context, "StorageAccountAlreadyTaken", "The storage account named")
        body.setdefault("kind", "StorageV2")
        body.setdefault("sku", {"name": "Standard_LRS"})
        body["sku"]["tier"] = str(body["sku"]["name"]).split("_")[0]
        urls = {kind: f"https://{context.path.name}.{kind}.core.windows.net/" for kind in self.endpoints}
        body["properties"] |= {"primaryEndpoints": urls, "primaryLocation": body["location"]}
        body["properties"].setdefault("creationTime", context.cloud.clock.timestamp())

    def take_secrets(self, body: Body, context: Context) -> Body:
        kept = context.cloud.resources.get(context.path.id)
        return kept.secrets if kept else {"key1": new_account_key(), "key2": new_account_key()}

    def deleting(self, stored: Stored, context: Context) -> None:
        context.cloud.blobs.drop_account(str(stored.sequence))

    @action("listKeys")
    def list_keys(self, stored: Stored, context: Context) -> Reply:
        return Reply(200, {"keys": [_account_key(name, stored) for name in ("key1", "key2")]})

    @action("regenerateKey")
    def regenerate_key(self, stored: Stored, context: Context) -> Reply:
        name = require_body(context).get("keyName")
        if name not in ("key1", "key2"):
            raise invalid_request(f"The key name '{name}' is not valid: 'key1' or 'key2' was expected.")
        stored.secrets[name] = new_account_key()
        context.cloud.resources.put(context.path, stored)
        return self.list_keys(stored, context)


class KeyVaults(Dependent):
    type = "Microsoft.KeyVault/vaults"

    def require_name(self, name: str) -> None:
        if not re.fullmatch(r"[a-zA-Z](?!.*--)[a-zA-Z0-9-]{1,22}[a-zA-Z0-9]", name):
            raise AzureError(
                400,
                "VaultNameNotValid",
                f"The vault name '{name}' is invalid. A vault's name must be between 3-24 alphanumeric characters. "
                "The name must begin with a letter, end with a letter or digit, and not contain consecutive hyphens.",
            )

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().defaults(body, context, existing)
        if existing is None:
            _require_unused(self.type, context, "VaultAlreadyExists", "The vault name")
        body["properties"]["vaultUri"] = f"https://{context.path.name.lower()}.vault.azure.net/"
        body["properties"].setdefault("tenantId", context.cloud.identity.tenant_id)
        body["properties"].setdefault("enableSoftDelete", True)
        body["properties"].setdefault("softDeleteRetentionInDays", 90)


class ApplicationInsights(Dependent):
    type = "Microsoft.Insights/components"
    created_status = 200

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().defaults(body, context, existing)
        properties = body["properties"]
        key = existing.properties["InstrumentationKey"] if existing else str(uuid.uuid4())
        host = f"https://{body['location']}-0.in.applicationinsights.azure.com/"
        properties |= {"InstrumentationKey": key, "AppId": properties.get("AppId", str(uuid.uuid4()))}
        properties |= {"ConnectionString": f"InstrumentationKey={key};IngestionEndpoint={host}"}
        properties |= {"TenantId": context.cloud.identity.tenant_id, "Name": context.path.name}


class LogAnalytics(Dependent):
    type = "Microsoft.OperationalInsights/workspaces"

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().defaults(body, context, existing)
        body["properties"].setdefault("customerId", str(uuid.uuid4()))
        body["properties"].setdefault("retentionInDays", 30)


class ContainerRegistries(Dependent):
    type = "Microsoft.ContainerRegistry/registries"
    name_pattern = r"[a-zA-Z0-9]{5,50}"
    name_rule = "5 to 50 letters and digits"

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().defaults(body, context, existing)
        body.setdefault("sku", {"name": "Basic", "tier": "Basic"})
        body["properties"]["loginServer"] = f"{context.path.name.lower()}.azurecr.io"
        body["properties"].setdefault("adminUserEnabled", False)

    def take_secrets(self, body: Body, context: Context) -> Body:
        kept = context.cloud.resources.get(context.path.id)
        return kept.secrets if kept else {"password": secrets.token_urlsafe(32)}

    @action("listCredentials")
    def list_credentials(self, stored: Stored, context: Context) -> Reply:
        if not stored.properties["adminUserEnabled"]:
            raise AzureError(
                400, "UnAuthorizedForCredentialOperations", "The admin user is disabled on this registry."
            )
        password = {"name": "password", "value": stored.secrets["password"]}
        return Reply(200, {"username": stored.name, "passwords": [password]})


class ManagedIdentities(Dependent):
    type = "Microsoft.ManagedIdentity/userAssignedIdentities"

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        kept = existing.properties if existing else {}
        principal_id = kept.get("principalId") or str(uuid.uuid4())
        client_id = kept.get("clientId") or str(uuid.uuid4())
        body["properties"] = {
            "principalId": principal_id,
            "clientId": client_id,
            "tenantId": context.cloud.identity.tenant_id,
        }

    def created(self, stored: Stored, context: Context) -> None:
        ids = stored.properties
        principal = Principal(
            ids["principalId"], stored.name, "ServicePrincipal", ids["clientId"], managed=True
        )
        context.cloud.principals.put(principal)


class VirtualNetworks(Dependent):
    type = "Microsoft.Network/virtualNetworks"


class Subnets(Resource):
    type = "Microsoft.Network/virtualNetworks/subnets"


def _require_unused(type_name: str, context: Context, code: str, what: str) -> None:
    """Some names lead to a host, so all of Azure shares them."""
    if context.cloud.resources.named(type_name, context.path.name):
        raise AzureError(409, code, f"{what} {context.path.name} is already taken.")


def new_account_key() -> str:
    return base64.b64encode(secrets.token_bytes(64)).decode()


def _account_key(name: str, stored: Stored) -> Body:
    return {"keyName": name, "value": stored.secrets[name], "permissions": "FULL"}
