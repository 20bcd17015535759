"""What tells that a package was installed, upgraded or removed since one last looked."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

PACKAGE_FOLDERS = ("site-packages", "dist-packages")


def packages_state() -> tuple[int, ...]:
    """Other than before when the set of packages is: each one is an entry of a folder on the path."""
    found = []
    for folder in map(Path, sys.path):
        if folder.name in PACKAGE_FOLDERS:
            with contextlib.suppress(OSError):
                found.append(folder.stat().st_mtime_ns)
    return tuple(found)
