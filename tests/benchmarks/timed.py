"""A command's time and memory."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path


def seconds(command: list[str], cwd: Path, **environment: str) -> float:
    return measured(command, cwd, **environment)[0]


def measured(command: list[str], cwd: Path, **environment: str) -> tuple[float, float]:
    """Seconds, and the MB of the largest process: the command's own, or one that it has started and waited for."""
    own = {**os.environ, **environment}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=cwd, env=own, stdout=said, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        took = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)}: {said.read()}")
    return took, usage.ru_maxrss / 1024
