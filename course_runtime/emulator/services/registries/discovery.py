"""registrymanagement/v1.0: where a registry is, by its name alone."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.login.authentication import authenticate
from course_runtime.emulator.services.workspaces.names import REGISTRIES


async def discovery(request: Request) -> Response:
    principal = authenticate(request)
    cloud: Cloud = request.scope["cloud"]
    name = request.path_params["registry"]
    stored = cloud.resources.named(REGISTRIES, name)
    if stored is None:
        raise AzureError(
            404, "UserError", f"Registry '{name}' was not found. Create it first, or check the name."
        )
    cloud.access.require(principal, f"{REGISTRIES}/read", stored.id)
    parts = stored.id.split("/")
    regions = [one["location"] for one in stored.properties["regionDetails"]]
    return JSONResponse(
        {
            "registryName": stored.name,
            "primaryRegion": stored.body["location"],
            "primaryRegionResourceProviderUri": _host(stored.body["location"]),
            "resourceGroup": parts[4],
            "subscriptionId": parts[2],
            "registryFqdns": {
                region: {"registryFqdn": f"{region}.api.azureml.ms", "uri": _host(region)}
                for region in regions
            },
        }
    )


def _host(region: str) -> str:
    return f"https://{region}.api.azureml.ms/"
