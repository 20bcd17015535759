"""Cgroups: what all processes of a worker may use together. Versions 2 and 1, wherever this user may make one.

A group is a folder beside or below the one this process is in. It must be joined from inside, and can be removed
once nothing lives in it any more. It is held by a descriptor, since its maker loses sight of the machine's files
when the worker's root is changed.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .limits import MEGABYTE, Limits

CONTROLLERS = ("memory", "pids")
PREFIX = "sandbox-worker-"
PROC = Path("/proc")
REMOVAL_TRIES = 50
REMOVAL_PAUSE = 0.01
OPTIONAL = ("memory.swap.max", "memory.memsw.limit_in_bytes")  # there where the kernel counts swap


@dataclass(frozen=True)
class Hierarchy:
    """Where one controller's groups lie, and where in it this process is."""

    version: int
    own: Path

    @property
    def parents(self) -> list[Path]:
        """Version 2 lets no group have both processes and limited groups below it: then a sibling has to do."""
        return [self.own] if self.version == 1 else [self.own, self.own.parent]


@dataclass(frozen=True)
class Group:
    parent: int
    name: str

    def join(self) -> None:
        _write(f"{self.name}/cgroup.procs", "0", self.parent)

    def killed_for_memory(self) -> bool:
        for file in ("memory.events", "memory.oom_control"):
            with contextlib.suppress(OSError):
                counts = dict(line.split() for line in self._read(file).splitlines())
                return counts.get("oom_kill", "0") != "0"
        return False

    def remove(self) -> None:
        """The kernel needs a moment after the last process is gone."""
        for _ in range(REMOVAL_TRIES):
            try:
                os.rmdir(self.name, dir_fd=self.parent)
                return
            except FileNotFoundError:
                return
            except OSError:
                time.sleep(REMOVAL_PAUSE)

    def limit(self, settings: dict[str, int]) -> None:
        for file, value in settings.items():
            with contextlib.suppress(*((FileNotFoundError,) if file in OPTIONAL else ())):
                _write(f"{self.name}/{file}", str(value), self.parent)

    def _read(self, file: str) -> str:
        with os.fdopen(os.open(f"{self.name}/{file}", os.O_RDONLY, dir_fd=self.parent)) as stream:
            return stream.read()


def make(controller: str, limits: Limits, proc: Path = PROC) -> Group:
    """A new group with its limit set. Raises OSError where there can be none."""
    problem: OSError | None = None
    for hierarchy in find(controller, proc):
        for parent in hierarchy.parents:
            try:
                return _make_below(parent, controller, _settings(controller, hierarchy.version, limits))
            except OSError as error:
                problem = problem or error
    raise problem or OSError(f"no {controller} cgroup is mounted here")


def remove_abandoned(proc: Path = PROC) -> None:
    """Groups whose maker was killed before it could remove them."""
    for controller in CONTROLLERS:
        for hierarchy in find(controller, proc):
            for parent in hierarchy.parents:
                for group in parent.glob(f"{PREFIX}*"):
                    if not (proc / group.name.rpartition("-")[2]).exists():
                        with contextlib.suppress(OSError):
                            group.rmdir()


def find(controller: str, proc: Path = PROC) -> Iterator[Hierarchy]:
    """The hierarchies that may have this controller, the newer version first."""
    try:
        memberships = (proc / "self/cgroup").read_text().splitlines()
        mounts = (proc / "self/mountinfo").read_text().splitlines()
    except OSError:
        return
    paths = {names: path for _, names, path in (line.split(":", 2) for line in memberships)}
    for version, kind, mount in sorted(_cgroup_mounts(mounts), reverse=True):
        for names, path in paths.items():
            mine = names == "" if version == 2 else controller in names.split(",") and controller in kind
            root, point = mount
            if mine and (path == root or path.startswith(root.rstrip("/") + "/")):
                yield Hierarchy(version, Path(point) / path[len(root.rstrip("/")) :].lstrip("/"))


def _cgroup_mounts(lines: list[str]) -> Iterator[tuple[int, tuple[str, ...], tuple[str, str]]]:
    for line in lines:
        about, _, system = line.partition(" - ")
        kind, _, options = system.split(" ", 2)
        if kind in ("cgroup", "cgroup2"):
            root, point = about.split(" ")[3:5]
            yield (2 if kind == "cgroup2" else 1), tuple(options.split(",")), (root, point)


def _make_below(parent: Path, controller: str, settings: dict[str, int]) -> Group:
    name = f"{PREFIX}{controller}-{os.getpid()}"
    descriptor = os.open(parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    group = Group(descriptor, name)
    try:
        os.mkdir(name, dir_fd=descriptor)
        group.limit(settings)
    except OSError as problem:
        group.remove()
        os.close(descriptor)
        raise OSError(problem.errno, f"{parent} gives no {controller} limit: {problem.strerror}") from None
    return group


def _write(file: str, text: str, folder: int) -> None:
    """Without O_CREAT: on a cgroup file system a missing file is a missing controller."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _settings(controller: str, version: int, limits: Limits) -> dict[str, int]:
    if controller == "pids":
        return {"pids.max": limits.processes + 1}  # and init
    size = limits.jail_memory_mb * MEGABYTE
    if version == 2:
        return {"memory.max": size, "memory.swap.max": 0}
    return {"memory.limit_in_bytes": size, "memory.memsw.limit_in_bytes": size}
