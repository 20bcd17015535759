"""*.api.azureml.ms: discovery, and the resource paths that SDK v1 reads through this host."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

from course_runtime.emulator.services.login.handlers import unknown

HOSTS = ("*.api.azureml.ms",)
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


def application() -> Router:
    return Router(
        [Route("/discovery", discovery), Route("/discovery/{rest:path}", discovery)], default=unknown
    )
