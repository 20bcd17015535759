"""What workers could leave behind on this machine, counted before and after."""

from __future__ import annotations

import contextlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from course_runtime.sandbox import cgroups


@dataclass(frozen=True)
class Remains:
    processes: int
    mounts: int
    sockets: int
    descriptors: int
    groups: int
    files: frozenset[str]


def remains(zygote: int) -> Remains:
    """Of the zygote with this pid: the processes below it and its descriptors; of the machine: the rest."""
    return Remains(
        processes=len(_below(zygote)),
        mounts=len(Path(f"/proc/{zygote}/mountinfo").read_text().splitlines()),
        sockets=sum(link.startswith("socket:") for link in _links(zygote)),
        descriptors=len(_links(zygote)) + len(_links(os.getpid())),
        groups=len(_groups(zygote)),
        files=frozenset(path.name for path in Path(tempfile.gettempdir()).glob("sandbox-*")),
    )


def _below(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def _links(pid: int) -> list[str]:
    found = []
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the one that lists them
            found.append(str(link.readlink()))
    return found


def _groups(zygote: int) -> list[str]:
    """Only those of this process's own hierarchy: other zygotes of this machine have theirs."""
    alive = set(_below(zygote))
    parents = {parent for name in cgroups.CONTROLLERS for one in cgroups.find(name) for parent in one.parents}
    groups = [group.name for parent in parents for group in parent.glob(f"{cgroups.PREFIX}*")]
    return [name for name in groups if name.rpartition("-")[2] in alive or not _exists(name)]


def _exists(group: str) -> bool:
    return Path("/proc", group.rpartition("-")[2]).exists()
