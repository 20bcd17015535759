"""management.azure.com: the few paths that are not resources, and the machine for all that are."""

from __future__ import annotations

from starlette.routing import Route, Router

from course_runtime.emulator.services.arm import handlers, subscriptions

HOSTS = ("management.azure.com", "management.core.windows.net")
METHODS = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"]


def application() -> Router:
    return Router(
        [
            Route("/metadata/endpoints", subscriptions.metadata),
            Route("/{path:path}", handlers.resource_manager, methods=METHODS),
        ]
    )
