"""*.api.azureml.ms: discovery, and the resource paths that SDK v1 reads through this host."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from course_runtime.emulator.services.arm.handlers import resource_manager
from course_runtime.emulator.services.history import routes as history
from course_runtime.emulator.services.login.handlers import unknown
from course_runtime.emulator.services.registries.discovery import discovery as registry_discovery

HOSTS = ("*.api.azureml.ms", "*.experiments.azureml.net")
PREFIXES = ("/mferp/managementfrontend", "/rp/workspaces")
METHODS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]
SERVICES = (
    "api",
    "history",
    "experimentation",
    "modelmanagement",
    "hyperdrive",
    "pipelines",
    "catalog",
    "inference",
)


async def discovery(request: Request) -> Response:
    """Where each of the workspace's services lives: all of them here."""
    base = f"https://{request.scope['host']}"
    return JSONResponse({name: base for name in SERVICES} | {"studio": "https://ml.azure.com"})


def resource_manager_at(prefix: str) -> Route:
    """Resource Manager's own paths, as some clients ask for them on this host."""

    async def endpoint(request: Request) -> Response:
        request.scope["path"] = request.scope["path"][len(prefix) :]
        request.scope["host"] += prefix
        return await resource_manager(request)

    return Route(f"{prefix}/{{path:path}}", endpoint, methods=METHODS)


def application() -> Router:
    return Router(
        [
            Route("/discovery", discovery),
            Route("/discovery/{rest:path}", discovery),
            Route("/registrymanagement/v1.0/registries/{registry}/discovery", registry_discovery),
            *(resource_manager_at(prefix) for prefix in PREFIXES),
            *history.routes(),
        ],
        default=unknown,
    )
