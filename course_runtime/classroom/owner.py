"""Who holds a claim: a process of a machine, told apart from a later one with the same number."""

from __future__ import annotations

import os
import socket
from functools import cache
from pathlib import Path


@cache
def this_owner() -> str:
    return f"{socket.gethostname()}/{os.getpid()}/{_started(os.getpid())}"


def is_gone(owner: str) -> bool:
    """True only where it is certain: of another machine's process nobody here can tell."""
    host, pid, started = [*owner.rsplit("/", 2), "", ""][:3]
    if host != socket.gethostname() or not pid.isdigit():
        return False
    return _started(int(pid)) != started


def _started(pid: int) -> str:
    """When the process began, in the kernel's own count; empty when there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""
