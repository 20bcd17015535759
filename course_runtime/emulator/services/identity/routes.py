"""169.254.169.254: the instance metadata service, and the endpoint that IDENTITY_ENDPOINT and MSI_ENDPOINT name."""

from __future__ import annotations

from starlette.routing import Route, Router

from course_runtime.emulator.services.identity import handlers
from course_runtime.emulator.services.login.handlers import unknown

HOSTS = ("169.254.169.254",)


def application() -> Router:
    return Router(
        [
            Route("/metadata/identity/oauth2/token", handlers.token, methods=["GET", "POST"]),
            Route("/obo/{secret}", handlers.on_behalf_of),
            Route("/msi/token", handlers.token, methods=["GET", "POST"]),
        ],
        default=unknown,
    )
