"""One writer at a time, where the system offers a lock."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from course_runtime.course.atomic import refused


@contextmanager
def locked(path: Path) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("a+b")
    except OSError as error:
        raise refused(path, error) from error
    with stream:
        _lock(stream)
        yield


def _lock(stream: IO[bytes]) -> None:
    """Closing the file unlocks it. A file system without locks (some network drives) goes without."""
    with suppress(OSError):
        if sys.platform == "win32":
            import msvcrt

            stream.seek(0)
            msvcrt.locking(stream.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(stream, fcntl.LOCK_EX)
