"""login.microsoftonline.com: which path is answered by what."""

from __future__ import annotations

from starlette.routing import Route, Router

from course_runtime.emulator.services.login import handlers

HOSTS = (
    "login.microsoftonline.com",
    "login.microsoft.com",
    "login.windows.net",
    "sts.windows.net",
    "graph.microsoft.com",
)


def application() -> Router:
    return Router(
        [
            Route("/{tenant}/v2.0/.well-known/openid-configuration", handlers.configuration),
            Route("/{tenant}/.well-known/openid-configuration", handlers.configuration),
            Route("/{tenant}/discovery/instance", handlers.instances),
            Route("/{tenant}/discovery/v2.0/keys", handlers.keys),
            Route("/{tenant}/oauth2/v2.0/token", handlers.token, methods=["POST"]),
            Route("/{tenant}/oauth2/token", handlers.token, methods=["POST"]),
            Route("/{tenant}/oauth2/v2.0/devicecode", handlers.device_code, methods=["POST"]),
            Route("/{tenant}/oauth2/devicecode", handlers.device_code, methods=["POST"]),
        ],
        default=handlers.unknown,
    )
