"""Microsoft.MachineLearningServices/registries."""

from __future__ import annotations

import hashlib
from typing import ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.long_running import LongRunning
from course_runtime.emulator.kernel.resource import action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.arm.locations import normalised
from course_runtime.emulator.services.registries.sharing import share
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.identities import with_principal
from course_runtime.emulator.store.resources import Stored


class Registries(LongRunning):
    type = names.REGISTRIES
    tracked = True
    shape: ClassVar[Shape] = {"regionDetails": [dict]}
    name_pattern = r"[a-zA-Z0-9][a-zA-Z0-9_\-]{1,31}"
    name_rule = "2 to 32 letters, digits, '-' and '_', and starts with a letter or digit"

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        if not body.get("location"):
            raise AzureError(
                400, "LocationRequired", "The location property is required for this definition."
            )
        body["location"] = normalised(body["location"], self.type)
        other = context.cloud.resources.named(self.type, context.path.name)
        if existing is None and other is not None:
            raise AzureError(
                409,
                "RegistryNameTaken",
                f"The registry name '{context.path.name}' is already taken: registry names are unique in all of Azure.",
            )
        for details in body["properties"].get("regionDetails") or []:
            details["location"] = normalised(details.get("location"), self.type)

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties, home = body["properties"], body["location"]
        region = f"https://{home}.api.azureml.ms"
        details = properties.get("regionDetails") or [{}]
        if not any(one.get("location") == home for one in details):
            details = [{"location": home}, *(one for one in details if one.get("location"))]
        properties["regionDetails"] = details
        account = existing.properties["storageAccount"] if existing else _add_account(context, home)
        managed = account.split("/providers/")[0]
        for one in details:
            one["acrDetails"] = one.get("acrDetails") or []
            one["storageAccountDetails"] = [
                {
                    "systemCreatedStorageAccount": {
                        "armResourceId": {"resourceId": account},
                        "storageAccountName": account.rsplit("/", 1)[1],
                        "storageAccountHnsEnabled": False,
                        "storageAccountType": "Standard_LRS",
                    }
                }
            ]
        properties |= {
            "storageAccount": account,
            "discoveryUrl": f"{region}/registrymanagement/v1.0/registries/{context.path.name}/discovery",
            "mlFlowRegistryUri": f"azureml://{home}.api.azureml.ms/mlflow/v1.0{context.path.id}",
            "managedResourceGroup": {"resourceId": managed},
            "publicNetworkAccess": properties.get("publicNetworkAccess") or "Enabled",
            "provisioningState": "Succeeded",
        }
        asked = body.get("identity") or {"type": "SystemAssigned"}
        body["identity"] = with_principal(asked, context.path.name, context, existing)

    def deleting(self, stored: Stored, context: Context) -> None:
        """The managed group goes with its registry."""
        group = context.cloud.context(
            stored.properties["managedResourceGroup"]["resourceId"], method="DELETE"
        )
        found = context.cloud.resources.get(group.path.id)
        if found:
            context.cloud.registry.require(group.path.full_type).remove(found, group)

    @action("import", permission=f"{names.REGISTRIES}/assets/write")
    def import_asset(self, stored: Stored, context: Context) -> Reply:
        """An asset of a workspace, copied here; the answer is empty when it is done."""
        share(stored, context)
        return Reply(200)


def _add_account(context: Context, location: str) -> str:
    """The storage that Azure keeps for the registry, in a resource group of its own."""
    digest = hashlib.sha256(context.path.id.lower().encode()).hexdigest()
    group = f"azureml-rg-{context.path.name}_{digest[:8]}"
    group_id = f"/subscriptions/{context.path.subscription}/resourceGroups/{group}"
    cloud = context.cloud
    cloud.write(group_id, {"location": location, "managedBy": context.path.id})
    account = f"{group_id}/providers/Microsoft.Storage/storageAccounts/{digest[:11]}{digest[-12:-1]}"
    return cloud.write(account, {"location": location}).id
