"""Workers that run a student's code in a jail and answer questions about it with plain data.

process = Zygote.start("azure", Path("/run/user/1000/workshop/azure.socket"))
zygote = Zygote(Path("/run/user/1000/workshop/azure.socket"))
zygote.wait_until_ready(30)
with zygote.spawn(JailSpec(environment={})) as worker:
    worker.load("exercise", "def double(x): return 2 * x", "exercise.py", {})
    assert worker.call("exercise.double", 21).value == 42
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .answers import Answer as Answer
    from .answers import Failure as Failure
    from .answers import Frame as Frame
    from .client import ONE_THREAD as ONE_THREAD
    from .client import Zygote as Zygote
    from .errors import SandboxError as SandboxError
    from .import_sets import has_tables as has_tables
    from .limits import Limits as Limits
    from .mechanisms import Mechanism as Mechanism
    from .plain_switch import jailed as jailed
    from .rehearsals import rehearse as rehearse
    from .spec import DOOR_PORT as DOOR_PORT
    from .spec import WORK_DIRECTORY as WORK_DIRECTORY
    from .spec import JailSpec as JailSpec
    from .tables import Table as Table
    from .trusted_worker import Worker as Worker
    from .values import Handle as Handle

_HOMES = {
    "DOOR_PORT": "spec",
    "ONE_THREAD": "client",
    "WORK_DIRECTORY": "spec",
    "Answer": "answers",
    "Failure": "answers",
    "Frame": "answers",
    "Handle": "values",
    "JailSpec": "spec",
    "Limits": "limits",
    "Mechanism": "mechanisms",
    "SandboxError": "errors",
    "Table": "tables",
    "Worker": "trusted_worker",
    "Zygote": "client",
    "has_tables": "import_sets",
    "jailed": "plain_switch",
    "rehearse": "rehearsals",
}

__all__ = [
    "DOOR_PORT",
    "ONE_THREAD",
    "WORK_DIRECTORY",
    "Answer",
    "Failure",
    "Frame",
    "Handle",
    "JailSpec",
    "Limits",
    "Mechanism",
    "SandboxError",
    "Table",
    "Worker",
    "Zygote",
    "has_tables",
    "jailed",
    "rehearse",
]


def __getattr__(name: str) -> Any:
    """Public names load when used: a check from the command line asks only whether there is a jail."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
