"""Workers that run a student's code in a jail and answer questions about it with plain data.

process = Zygote.start("azure", Path("/run/user/1000/workshop/azure.socket"))
zygote = Zygote(Path("/run/user/1000/workshop/azure.socket"))
zygote.wait_until_ready(30)
with zygote.spawn(JailSpec(environment={})) as worker:
    worker.load("exercise", "def double(x): return 2 * x", "exercise.py", {})
    assert worker.call("exercise.double", 21).value == 42
"""

from __future__ import annotations

from .answers import Answer, Failure, Frame
from .client import Zygote
from .errors import SandboxError
from .limits import Limits
from .mechanisms import Mechanism
from .spec import DOOR_PORT, WORK_DIRECTORY, JailSpec
from .tables import Table
from .trusted_worker import Worker
from .values import Handle

__all__ = [
    "DOOR_PORT",
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
]
