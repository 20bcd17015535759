"""Which host names are Azure's, and which service answers each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from starlette.types import ASGIApp

AZURE_SUFFIXES = (
    "azure.com",
    "azure.net",
    "azureml.ms",
    "azureml.net",
    "azureedge.net",
    "microsoftonline.com",
    "microsoftonline-p.com",
    "windows.net",
    "graph.microsoft.com",
    "azurecr.io",
    "services.visualstudio.com",
    "mlflow-telemetry.io",
    "169.254.169.254",
)
"""Names that are answered here and never passed on, so that a slip cannot reach the real service."""


class HostTable:
    def __init__(self, services: Mapping[str, ASGIApp]) -> None:
        """`services` maps an exact host name, or `*.suffix`, to the application that answers."""
        self._exact = {host: app for host, app in services.items() if not host.startswith("*.")}
        self._suffixes = {host[1:]: app for host, app in services.items() if host.startswith("*.")}

    def __iter__(self) -> Iterator[tuple[str, ASGIApp]]:
        """Every host name, or `*.suffix`, with its application."""
        yield from self._exact.items()
        yield from ((f"*{suffix}", application) for suffix, application in self._suffixes.items())

    def find(self, host: str) -> ASGIApp | None:
        name = host.lower()
        if name in self._exact:
            return self._exact[name]
        dot = name.find(".")
        while dot != -1:
            if name[dot:] in self._suffixes:
                return self._suffixes[name[dot:]]
            dot = name.find(".", dot + 1)
        return None


def is_azure(host: str) -> bool:
    name = host.lower().rstrip(".")
    return any(name == suffix or name.endswith(f".{suffix}") for suffix in AZURE_SUFFIXES)
