"""Microsoft.MachineLearningServices/workspaces."""

from __future__ import annotations

import uuid
from typing import ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import Resource, action
from course_runtime.emulator.kernel.shapes import Shape, require_text
from course_runtime.emulator.services.arm.locations import normalised
from course_runtime.emulator.services.workspaces import managed_network
from course_runtime.emulator.services.workspaces.computes import check_name
from course_runtime.emulator.services.workspaces.curated import add_curated
from course_runtime.emulator.services.workspaces.datastores import add_built_in
from course_runtime.emulator.services.workspaces.identities import with_principal
from course_runtime.emulator.services.workspaces.pending_upload import account_of
from course_runtime.emulator.store.resources import Stored

DEPENDENTS = {
    "storageAccount": "Microsoft.Storage/storageAccounts",
    "keyVault": "Microsoft.KeyVault/vaults",
    "applicationInsights": "Microsoft.Insights/components",
    "containerRegistry": "Microsoft.ContainerRegistry/registries",
}
REQUIRED = ("storageAccount", "keyVault")
KINDS = ("Default", "Hub", "Project", "FeatureStore")


class Workspaces(Resource):
    type = "Microsoft.MachineLearningServices/workspaces"
    tracked = True
    shape: ClassVar[Shape] = {"managedNetwork": managed_network.SHAPE}

    def require_name(self, name: str) -> None:
        starts_well = name[:1].isalnum()
        if not (
            3 <= len(name) <= 33
            and starts_well
            and all(c.isascii() and (c.isalnum() or c in "-_") for c in name)
        ):
            raise AzureError(
                400,
                "ValidationError",
                f"The workspace name '{name}' is invalid. It must be between 3 and 33 characters long. Its first "
                "character has to be alphanumeric, and the rest may contain hyphens and underscores. No whitespace is "
                "allowed.",
            )

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        if not body.get("location"):
            raise AzureError(
                400, "LocationRequired", "The location property is required for this definition."
            )
        body["location"] = normalised(body["location"], self.type)
        if existing and existing.body["location"] != body["location"]:
            raise AzureError(
                409,
                "InvalidResourceLocation",
                f"The resource '{existing.name}' already exists in location '{existing.body['location']}' in resource "
                f"group '{context.path.group}'. A resource with the same name cannot be created in location "
                f"'{body['location']}'. Please select a new resource name.",
            )
        for field in DEPENDENTS:
            require_text(body["properties"], field)
        if str(body.get("kind") or "Default").lower() != "project":
            self._require_dependents(body, context)

    def _require_dependents(self, body: Body, context: Context) -> None:
        for field, type_name in DEPENDENTS.items():
            given = body["properties"].get(field)
            if not given and field in REQUIRED:
                raise AzureError(
                    400,
                    "ValidationError",
                    f"Missing dependent resources in workspace json: '{field}' is required.",
                )
            if given and parse(str(given)).full_type.lower() != type_name.lower():
                raise AzureError(
                    400, "ValidationError", f"'{given}' is not the ARM id of a '{type_name}' ('{field}')."
                )
            if given and context.cloud.resources.get(str(given)) is None:
                raise AzureError(
                    400,
                    "ValidationError",
                    f"The resource '{given}' given as '{field}' was not found: a workspace needs it to be there first.",
                )

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        kept = existing.properties if existing else {}
        properties = body["properties"]
        host = f"{body['location']}.api.azureml.ms"
        body["kind"] = next(
            (kind for kind in KINDS if kind.lower() == str(body.get("kind")).lower()), "Default"
        )
        body.setdefault("sku", {"name": "Basic", "tier": "Basic"})
        for field in DEPENDENTS:
            properties[field] = properties.get(field) or None
        properties["primaryUserAssignedIdentity"] = properties.get("primaryUserAssignedIdentity") or None
        properties["friendlyName"] = properties.get("friendlyName") or context.path.name
        properties["description"] = properties.get("description") or ""
        properties |= {
            "workspaceId": kept.get("workspaceId") or str(uuid.uuid4()),
            "tenantId": context.cloud.identity.tenant_id,
            "discoveryUrl": f"https://{host}/discovery",
            "mlFlowTrackingUri": f"azureml://{host}/mlflow/v1.0{context.path.id}",
            "provisioningState": "Succeeded",
            "creationTime": kept.get("creationTime") or context.cloud.clock.timestamp(),
            "storageHnsEnabled": False,
        }
        for field, value in (
            ("publicNetworkAccess", "Enabled"),
            ("v1LegacyMode", False),
            ("hbiWorkspace", False),
        ):
            properties[field] = value if properties.get(field) is None else properties[field]
        if properties.get("managedNetwork"):
            kept_network = kept.get("managedNetwork") or {}
            properties["managedNetwork"] = managed_network.complete(
                properties["managedNetwork"], kept_network
            )
        asked = body.get("identity") or {"type": "SystemAssigned"}
        body["identity"] = with_principal(asked, context.path.name, context, existing)

    def created(self, stored: Stored, context: Context) -> None:
        """The datastores and environments that every workspace has."""
        if stored.properties.get("storageAccount"):
            add_built_in(context.cloud, stored, account_of(stored, context))
        add_curated(context.cloud, stored.id)

    def deleting(self, stored: Stored, context: Context) -> None:
        context.cloud.runs.drop_workspace(stored.id)

    @action("checkComputeNameAvailability")
    def check_compute_name(self, stored: Stored, context: Context) -> Reply:
        return check_name(context, context.body or {})

    @action("listKeys")
    def list_keys(self, stored: Stored, context: Context) -> Reply:
        """The keys of what the workspace stands on."""
        account = context.cloud.resources.get(stored.properties["storageAccount"] or "")
        insights = context.cloud.resources.get(stored.properties["applicationInsights"] or "")
        return Reply(
            200,
            {
                "userStorageKey": account.secrets["key1"] if account else None,
                "userStorageResourceId": stored.properties["storageAccount"],
                "appInsightsInstrumentationKey": insights.properties["InstrumentationKey"]
                if insights
                else None,
                "containerRegistryCredentials": None,
                "notebookAccessKeys": None,
            },
        )

    @action("resyncKeys")
    def resync_keys(self, stored: Stored, context: Context) -> Reply:
        return Reply(200)

    @action("provisionManagedNetwork")
    def provision_managed_network(self, stored: Stored, context: Context) -> Reply:
        include_spark = bool((context.body or {}).get("includeSpark"))
        status = managed_network.provision(stored, include_spark=include_spark)
        context.cloud.resources.put(context.path, stored)
        return Reply(200, status)

    @action("diagnose")
    def diagnose(self, stored: Stored, context: Context) -> Reply:
        """Whether everything the workspace stands on is still there."""
        checks = {
            "storageAccountResults": "storageAccount",
            "keyVaultResults": "keyVault",
            "applicationInsightsResults": "applicationInsights",
            "containerRegistryResults": "containerRegistry",
        }
        found = {name: _missing(stored.properties.get(field), context) for name, field in checks.items()}
        empty: dict[str, list[Body]] = {"userDefinedRouteResults": [], "networkSecurityRuleResults": []}
        empty |= {"resourceLockResults": [], "dnsResolutionResults": [], "otherResults": []}
        return Reply(200, {"value": found | empty})


def _missing(resource_id: str | None, context: Context) -> list[Body]:
    if not resource_id or context.cloud.resources.get(resource_id):
        return []
    return [
        {"code": "ResourceNotFound", "level": "Error", "message": f"The resource '{resource_id}' is gone."}
    ]
