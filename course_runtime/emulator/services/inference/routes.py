"""{endpoint}.{region}.inference.ml.azure.com: where online endpoints score, and batch endpoints take jobs."""

from __future__ import annotations

from starlette.routing import Route, Router

from course_runtime.emulator.services.inference import batch, online

HOSTS = ("*.inference.ml.azure.com",)


def application() -> Router:
    return Router(
        [
            Route("/", online.health, methods=["GET"]),
            Route("/score", online.score, methods=["GET", "POST", "OPTIONS"]),
            Route("/swagger.json", online.swagger, methods=["GET"]),
            Route("/jobs", batch.invoke, methods=["POST"]),
        ],
        default=online.unknown_path,
        redirect_slashes=False,
    )
