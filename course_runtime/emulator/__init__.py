"""An Azure on loopback: the real SDKs talk to it by the environment alone.

with Emulator() as azure:
    subprocess.run([...], env={**os.environ, **azure.environment()})
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from course_runtime.emulator.client import Cloud, EmulatorClient, EmulatorUnavailable
    from course_runtime.emulator.environment import CloudAccess
    from course_runtime.emulator.in_process import Emulator
    from course_runtime.emulator.places import Places, PlaceUnusable
    from course_runtime.emulator.running import run_emulator
    from course_runtime.emulator.sdk_coverage.report import Operation, coverage
    from course_runtime.emulator.status import read_status

__all__ = [
    "Cloud",
    "CloudAccess",
    "Emulator",
    "EmulatorClient",
    "EmulatorUnavailable",
    "Operation",
    "PlaceUnusable",
    "Places",
    "coverage",
    "read_status",
    "run_emulator",
]

_HOMES = {
    "Cloud": "client",
    "EmulatorClient": "client",
    "EmulatorUnavailable": "client",
    "CloudAccess": "environment",
    "Operation": "sdk_coverage.report",
    "coverage": "sdk_coverage.report",
    "Emulator": "in_process",
    "Places": "places",
    "PlaceUnusable": "places",
    "read_status": "status",
    "run_emulator": "running",
}


def __getattr__(name: str) -> Any:
    """Public names load when used: the command line asks for the client only, and must start fast."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
