"""Tenants, subscriptions, locations and resource providers: what ARM says of itself."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.arm.locations import LOCATIONS, display_name


async def metadata(request: Request) -> Response:
    """The clouds that exist. SDK v1 and azureml-mlflow read it at start."""
    return JSONResponse(
        [
            {
                "name": "AzureCloud",
                "portal": "https://portal.azure.com",
                "resourceManager": "https://management.azure.com/",
                "authentication": {
                    "loginEndpoint": "https://login.microsoftonline.com",
                    "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
                    "tenant": "common",
                    "identityProvider": "AAD",
                },
                "suffixes": {"storage": "core.windows.net", "keyVaultDns": "vault.azure.net"},
                "microsoftGraphResourceId": "https://graph.microsoft.com/",
            }
        ]
    )


def find(context: Context, parts: list[str]) -> Reply | None:
    """The answer, when the path is one of these."""
    words = [part.lower() for part in parts]
    if words == ["tenants"]:
        tenant = context.cloud.identity.tenant_id
        return _values([{"id": f"/tenants/{tenant}", "tenantId": tenant, "displayName": "Workshop"}])
    if words == ["subscriptions"]:
        return _values([_subscription(context, one) for one in _visible(context)])
    if words[:1] != ["subscriptions"] or len(words) < 2:
        return None
    subscription = parts[1]
    if len(words) == 2:
        _require_visible(context, subscription)
        return Reply(200, _subscription(context, subscription))
    if words[2:] == ["locations"]:
        _require_visible(context, subscription)
        return _values([_location(subscription, name) for name in LOCATIONS])
    if words[2] == "providers" and len(words) in (3, 4):
        _require_visible(context, subscription)
        return _providers(context, subscription, parts[3] if len(parts) == 4 else None)
    return None


def is_registration(parts: list[str]) -> bool:
    """`/subscriptions/S/providers/NAMESPACE/register`, or `unregister`."""
    words = [part.lower() for part in parts]
    known = len(words) == 5 and words[4] in ("register", "unregister")
    return known and words[0] == "subscriptions" and words[2] == "providers"


def register(context: Context, parts: list[str]) -> Reply:
    """Every provider is registered here, and stays so."""
    subscription, namespace = parts[1], _known_namespace(context, parts[3])
    permission = f"{namespace}/{parts[4].lower()}/action"
    context.cloud.access.require(context.principal, permission, f"/subscriptions/{subscription}")
    return Reply(200, _provider(context, subscription, namespace))


def _visible(context: Context) -> list[str]:
    """The subscriptions in which the caller holds any role."""
    held = context.cloud.subscriptions()
    return [one for one in held if context.cloud.access.sees(context.principal, f"/subscriptions/{one}")]


def _require_visible(context: Context, subscription: str) -> None:
    if not context.cloud.access.sees(context.principal, f"/subscriptions/{subscription}"):
        context.cloud.access.require(
            context.principal, "Microsoft.Resources/subscriptions/read", f"/subscriptions/{subscription}"
        )


def _subscription(context: Context, subscription: str) -> Body:
    tenant = context.cloud.identity.tenant_id
    return {
        "id": f"/subscriptions/{subscription}",
        "subscriptionId": subscription,
        "tenantId": tenant,
        "displayName": "Azure ML workshop",
        "state": "Enabled",
        "authorizationSource": "RoleBased",
        "subscriptionPolicies": {"locationPlacementId": "Public_2014-09-01", "spendingLimit": "On"},
    }


def _location(subscription: str, name: str) -> Body:
    return {
        "id": f"/subscriptions/{subscription}/locations/{name}",
        "name": name,
        "displayName": display_name(name),
        "type": "Region",
    }


def _providers(context: Context, subscription: str, namespace: str | None) -> Reply:
    if namespace is None:
        return _values([_provider(context, subscription, one) for one in _namespaces(context)])
    return Reply(200, _provider(context, subscription, _known_namespace(context, namespace)))


def _namespaces(context: Context) -> list[str]:
    return sorted({one.type.split("/")[0] for one in context.cloud.registry})


def _known_namespace(context: Context, namespace: str) -> str:
    match = next((one for one in _namespaces(context) if one.lower() == namespace.lower()), None)
    if match is None:
        raise AzureError(404, "InvalidResourceNamespace", f"The resource namespace '{namespace}' is invalid.")
    return match


def _provider(context: Context, subscription: str, namespace: str) -> Body:
    types = [
        one.type.split("/", 1)[1] for one in context.cloud.registry if one.type.startswith(f"{namespace}/")
    ]
    locations = [display_name(name) for name in LOCATIONS]
    return {
        "id": f"/subscriptions/{subscription}/providers/{namespace}",
        "namespace": namespace,
        "registrationState": "Registered",
        "resourceTypes": [{"resourceType": one, "locations": locations, "apiVersions": []} for one in types],
    }


def _values(values: list[Body]) -> Reply:
    return Reply(200, {"value": values, "count": {"type": "Total", "value": len(values)}})
