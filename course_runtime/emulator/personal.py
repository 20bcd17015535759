"""The personal cloud: what a student finds in it on the first day, and again after every restart."""

from __future__ import annotations

import secrets
import uuid

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.environment import CloudAccess
from course_runtime.emulator.kernel.errors import resource_group_not_found
from course_runtime.emulator.kernel.principal import Principal

GROUP = "workshop-rg"
WORKSPACE = "workshop-ws"
LOCATION = "eastus"


def access_to(cloud: Cloud) -> CloudAccess:
    """The way in, made on the first day."""
    kept = cloud.documents.get("cloud", "access")
    if kept is None:
        with cloud.database.transaction():
            kept = _furnish(cloud).as_document()
            cloud.documents.put("cloud", "access", kept)
    return CloudAccess(**kept)


def add_student(cloud: Cloud, role: str = "Owner") -> CloudAccess:
    """A person, and the service principal that their code signs in with; both hold the role."""
    user = cloud.add_principal(Principal(str(uuid.uuid4()), "student@workshop.example"))
    app_id, object_id, secret = str(uuid.uuid4()), str(uuid.uuid4()), secrets.token_urlsafe(30)
    application = Principal(object_id, "workshop-student", "ServicePrincipal", app_id, secret)
    cloud.add_principal(application)
    scope = f"/subscriptions/{cloud.identity.subscription_id}"
    for principal in (user, application):
        cloud.assign(principal, role, scope)
    return CloudAccess(cloud.identity.tenant_id, cloud.identity.subscription_id, app_id, secret, object_id)


def add_workspace(cloud: Cloud, group: str, name: str, location: str) -> str:
    """A workspace with the resources it stands on."""
    group_id = f"/subscriptions/{cloud.identity.subscription_id}/resourceGroups/{group}"
    if cloud.resources.get(group_id) is None:
        raise resource_group_not_found(group)
    short = name.replace("-", "").replace("_", "").lower()[:14]
    unique = secrets.token_hex(4)
    logs = _dependent(cloud, group_id, "Microsoft.OperationalInsights/workspaces", f"{short}logs", location)
    parts = {
        "storageAccount": ("Microsoft.Storage/storageAccounts", f"{short}{unique}", {}),
        "keyVault": ("Microsoft.KeyVault/vaults", f"kv{short}{unique}", {}),
        "applicationInsights": (
            "Microsoft.Insights/components",
            f"{short}insights",
            {"WorkspaceResourceId": logs},
        ),
    }
    properties = {
        field: _dependent(cloud, group_id, type_name, part, location, more)
        for field, (type_name, part, more) in parts.items()
    }
    workspace_id = f"{group_id}/providers/Microsoft.MachineLearningServices/workspaces/{name}"
    return cloud.write(workspace_id, {"location": location, "properties": properties}).id


def _furnish(cloud: Cloud) -> CloudAccess:
    access = add_student(cloud)
    cloud.add_group(GROUP, location=LOCATION)
    add_workspace(cloud, GROUP, WORKSPACE, LOCATION)
    machine = Principal(
        str(uuid.uuid4()), "workshop-machine", "ServicePrincipal", str(uuid.uuid4()), managed=True
    )
    cloud.add_principal(machine)
    cloud.assign(machine, "Contributor", f"/subscriptions/{cloud.identity.subscription_id}")
    return CloudAccess(**(access.as_document() | {"resource_group": GROUP, "workspace": WORKSPACE}))


def _dependent(
    cloud: Cloud,
    group_id: str,
    type_name: str,
    name: str,
    location: str,
    properties: dict[str, str] | None = None,
) -> str:
    body: dict[str, object] = {"location": location, "properties": dict(properties or {})}
    return cloud.write(f"{group_id}/providers/{type_name}/{name}", body).id
