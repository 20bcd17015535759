"""A command's time and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

STARTER = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
open(sys.argv[1], "w").write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(code)
"""


def seconds(command: list[str], cwd: Path, **environment: str) -> float:
    return measured(command, cwd, **environment)[0]


def measured(command: list[str], cwd: Path, **environment: str) -> tuple[float, float]:
    """Seconds, and the MB of the largest process: the command's own, or one that it has started and waited for.

    A small process starts it: what a process took before it became another program counts as that program's.
    """
    own = {**os.environ, **environment}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryFile("w+") as said, tempfile.NamedTemporaryFile("r") as largest:
        starter = [sys.executable, "-I", "-S", "-c", STARTER, largest.name, *command]
        started = time.perf_counter()
        done = subprocess.run(starter, cwd=cwd, env=own, stdout=said, stderr=subprocess.STDOUT, check=False)
        took = time.perf_counter() - started
        if done.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}: {said.read()}")
        return took, int(largest.read()) / 1024
