"""Which edition of the kit this is: what runs in the background may have been started from an earlier one."""

from __future__ import annotations

import os
from pathlib import Path

from course_runtime import __version__


def edition() -> str:
    """The version, and the time of the last change to a file: `git pull` changes only the second."""
    return f"{__version__} {_newest(Path(__file__).parent)}"


def _newest(folder: os.PathLike[str]) -> int:
    newest = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                newest = max(newest, entry.stat().st_mtime_ns)
            elif entry.name != "__pycache__" and entry.is_dir():
                newest = max(newest, _newest(Path(entry.path)))
    return newest
