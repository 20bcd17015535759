"""A background of the hostile tests' own: state, emulator, grader and zygotes, and what may be left of them."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path

from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, Result, check
from course_runtime.sandbox.middle import WAITING

COURSE = Path(__file__).with_name("course")
SECRETS = ("KEPT-SECRET-", "48151623421", "96303246842")
ORPHANAGE = 1  # the process that inherits what has lost its parent


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
        """A fork keeps its command line: a zygote is one that no other of them has forked."""
        forks = self._forks()
        return [pid for pid in forks if parent(pid) not in (*forks, ORPHANAGE)]

    def workers(self) -> list[int]:
        """Every fork of a zygote and what is below one; those that are only waiting to be collected do not count,
        nor does the jail that is made ahead for the next check: nobody has been in it.
        """
        zygotes = self.zygotes()
        found = {*self._forks(), *descendants(zygotes)}
        ahead = [pid for pid in found if parent(pid) in zygotes and is_made_ahead(pid)]
        return sorted(found - set(zygotes) - set(descendants(ahead)))

    def _forks(self) -> list[int]:
        return [pid for pid in processes() if self._is_ours(command(pid))]

    def _is_ours(self, line: bytes) -> bool:
        return b"course_runtime.sandbox.zygote" in line and os.fsencode(self.places.runtime) in line


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


def is_made_ahead(keeper: int) -> bool:
    try:
        return Path(f"/proc/{keeper}/comm").read_text().strip() == WAITING
    except OSError:
        return False


def parent(pid: int) -> int | None:
    status = _state_and_parent(pid)
    return status[1] if status else None


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
