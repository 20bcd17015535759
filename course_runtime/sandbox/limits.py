"""How much a worker may use, and the rlimits that say so to the kernel."""

from __future__ import annotations

from dataclasses import dataclass

OPEN_FILES = 1024
MEGABYTE = 1024 * 1024
NO_DUMP = 1  # byte. The kernel hands a crash to the machine's collector of dumps at 0, but not at 1


@dataclass(frozen=True)
class Limits:
    """What one worker may use.

    `seconds` is wall clock for one question, enforced by the trusted side. `cpu_seconds` and `memory_mb` are
    for each process, over its whole life; `processes` counts threads too. `jail_memory_mb` is for all of its
    processes and files together, where a cgroup can be had.
    """

    seconds: float = 30.0
    cpu_seconds: int = 60
    memory_mb: int = 4096  # address space: numpy's BLAS does not start with less than 4 GB
    jail_memory_mb: int = 4096
    processes: int = 64
    file_mb: int = 256
    tmp_mb: int = 256
    output_bytes: int = 1_000_000


def apply_limits(limits: Limits, *, shared: bool = False) -> None:
    """Lower this process's rlimits; its children inherit them and cannot raise them.

    `shared`: the processes are counted with all others of this user, and are not limited.
    """
    import resource  # not on every system that may import this room

    _lower(resource.RLIMIT_CORE, NO_DUMP)
    _lower(resource.RLIMIT_CPU, limits.cpu_seconds, slack=1)
    _lower(resource.RLIMIT_AS, limits.memory_mb * MEGABYTE)
    _lower(resource.RLIMIT_FSIZE, limits.file_mb * MEGABYTE)
    _lower(resource.RLIMIT_NOFILE, OPEN_FILES)
    if not shared:
        _lower(resource.RLIMIT_NPROC, limits.processes)


def _lower(kind: int, wanted: int, slack: int = 0) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    if hard == resource.RLIM_INFINITY:
        resource.setrlimit(kind, (wanted, wanted + slack))
    else:
        resource.setrlimit(kind, (min(wanted, hard), min(wanted + slack, hard)))
