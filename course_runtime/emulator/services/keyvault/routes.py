"""{vault}.vault.azure.net."""

from __future__ import annotations

from starlette.routing import Route, Router

from course_runtime.emulator.services.keyvault import handlers

HOSTS = ("*.vault.azure.net",)


def application() -> Router:
    one, deleted = "/secrets/{name}", "/deletedsecrets/{name}"
    return Router(
        [
            Route("/secrets", handlers.list_secrets, methods=["GET"]),
            Route(one, handlers.put, methods=["PUT"]),
            Route(f"{one}/versions", handlers.list_versions, methods=["GET"]),
            Route(one, handlers.get, methods=["GET"]),
            Route(f"{one}/", handlers.get, methods=["GET"]),
            Route(one, handlers.delete, methods=["DELETE"]),
            Route(one, handlers.update, methods=["PATCH"]),
            Route(f"{one}/", handlers.update, methods=["PATCH"]),
            Route("/secrets/{name}/{version}", handlers.get, methods=["GET"]),
            Route("/secrets/{name}/{version}", handlers.update, methods=["PATCH"]),
            Route("/deletedsecrets", handlers.list_deleted, methods=["GET"]),
            Route(deleted, handlers.get_deleted, methods=["GET"]),
            Route(f"{deleted}/recover", handlers.recover, methods=["POST"]),
            Route(deleted, handlers.purge, methods=["DELETE"]),
            Route("/{rest:path}", handlers.unknown, methods=["GET", "PUT", "PATCH", "POST", "DELETE"]),
        ],
        redirect_slashes=False,
    )
