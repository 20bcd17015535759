"""A background of the hostile tests' own: state, emulator, grader and zygotes, and what may be left of them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, Result, check

COURSE = Path(__file__).with_name("course")
SECRETS = ("KEPT-SECRET-", "48151623421", "96303246842")
CGROUPS = Path("/sys/fs/cgroup")


class Kit:
    def __init__(self, places: Places, folder: Path) -> None:
        self.places = places
        self.folder = folder

    def check(self, submission: Path, module: str = "module1", **more: str) -> Result:
        request = CheckRequest(module, str(self.folder), where=str(submission), content=str(COURSE), **more)
        return check(request, self.places)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", errors="surrogatepass")
        return path

    def zygotes(self) -> list[int]:
        return [
            pid for pid in processes() if b"course_runtime.sandbox.zygote" in command(pid) and self._owns(pid)
        ]

    def _owns(self, pid: int) -> bool:
        return os.fsencode(self.places.runtime) in command(pid)

    def workers(self) -> list[int]:
        """Every process below a zygote; those that are only waiting to be collected do not count."""
        zygotes = self.zygotes()
        return [pid for pid in descendants(zygotes) if pid not in zygotes]


def as_notebook(source: str) -> str:
    """The cells that `# %%` divides."""
    cells = [
        {
            "cell_type": "code",
            "metadata": {},
            "outputs": [],
            "execution_count": None,
            "source": text.strip("\n"),
        }
        for text in source.split("# %%\n")
        if text.strip()
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def descendants(pids: list[int]) -> list[int]:
    parents = {
        pid: status[1] for pid in processes() if (status := _state_and_parent(pid)) and status[0] != "Z"
    }
    found = set(pids)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


def _state_and_parent(pid: int) -> tuple[str, int] | None:
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return state, int(parent)


def eventually(condition: Callable[[], bool], seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
