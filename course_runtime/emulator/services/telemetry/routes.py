"""Telemetry hosts: everything is accepted, so that no SDK waits or retries."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, Router

HOSTS = (
    "dc.services.visualstudio.com",
    "*.applicationinsights.azure.com",
    "*.monitor.azure.com",
    "config.mlflow-telemetry.io",
    "azuremlschemasprod.azureedge.net",
    "azuremlschemas.azureedge.net",
)


async def accept(request: Request) -> Response:
    return JSONResponse({"itemsReceived": 1, "itemsAccepted": 1, "errors": []})


async def schema(request: Request) -> Response:
    """The empty JSON schema: every document is valid, and the SDK's own checks go on."""
    return JSONResponse({})


def application() -> Router:
    return Router([Route("/latest/{name}", schema), Route("/{rest:path}", accept, methods=["GET", "POST"])])
