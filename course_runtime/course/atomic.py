"""Files are replaced whole or not at all; a refusal is a sentence."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from course_runtime.course.errors import CourseError

REFUSALS = {
    errno.ENOSPC: ("the disk is full", "Make room, then run the same command again."),
    errno.EDQUOT: ("your disk quota is used up", "Make room, then run the same command again."),
    errno.EROFS: ("the disk is read-only", "Choose a folder you may write to."),
    errno.EACCES: ("permission was refused", "Choose a folder you may write to, or mend its permissions."),
    errno.EPERM: ("permission was refused", "Choose a folder you may write to, or mend its permissions."),
    errno.ENOTDIR: ("a part of its path is a file, not a folder", "Choose another folder."),
    errno.EEXIST: (
        "a file stands where a folder is needed",
        "Choose another folder, or move that file away.",
    ),
    errno.ENAMETOOLONG: ("its path is too long", "Choose a folder with a shorter path."),
}


def write_atomic(path: Path, content: bytes) -> None:
    """The old content stays until the new one is whole on the disk."""
    path = path.resolve() if path.is_symlink() else path
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=".workshop-", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_mode_of(path))
        Path(temporary).replace(path)
    except OSError as error:
        _remove(temporary)
        raise refused(path, error) from error


def write_text_atomic(path: Path, text: str) -> None:
    write_atomic(path, text.encode("utf-8"))


def read_if_there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read: {error.strerror}.", "Mend that, then run it again."
        ) from error


def refused(path: Path, error: OSError) -> CourseError:
    known = REFUSALS.get(error.errno or 0, (error.strerror or str(error), "Mend that, then run it again."))
    return CourseError(f"{path} could not be written: {known[0]}. Nothing was lost.", known[1])


def _mode_of(path: Path) -> int:
    try:
        return path.stat().st_mode & 0o777
    except OSError:
        return 0o644


def _remove(temporary: str | None) -> None:
    if temporary is not None:
        # The disk that refused the write may refuse this too; the sentence about it is on its way.
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
