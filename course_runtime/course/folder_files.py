"""Reads a student's folder: regular files only, no link followed, within bounds."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from course_runtime.course.errors import CourseError

LARGEST_FILE = 20_000_000
LARGEST_FOLDER = 50_000_000
MOST_FILES = 2_000
MOST_ENTRIES = 20_000
DEEPEST = 8
PASSED_OVER = {"__pycache__", "node_modules", "venv", "site-packages"}


@dataclass
class FolderFiles:
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    size: int = 0
    seen: int = 0


def read_folder(folder: Path) -> FolderFiles:
    found = FolderFiles()
    _walk(folder, "", 0, found)
    return found


def read_named(folder: Path, names: Iterable[str]) -> FolderFiles:
    """Only these, where they are there."""
    found = FolderFiles()
    for name in names:
        path = folder / name
        if path.is_file() and path.resolve() == folder.resolve() / name:
            _take(path, name, found)
    return found


def read_file(path: Path, largest: int) -> bytes:
    """Refuses what is not a regular file: a pipe or a device would block, a link leads elsewhere."""
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(path, flags)
    except OSError as error:
        reason = "it is a link" if path.is_symlink() else error.strerror
        raise CourseError(f"{path} cannot be read: {reason}.", "Put the file itself there.") from error
    with os.fdopen(handle, "rb") as stream:
        about = os.fstat(stream.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise CourseError(f"{path} is not a file but something else.", "Put a plain file there.")
        content = stream.read(largest + 1)
    if len(content) > largest:
        raise CourseError(
            f"{path} is {about.st_size:,} bytes; at most {largest:,} are read.", "Make it smaller."
        )
    return content


def _walk(folder: Path, prefix: str, depth: int, found: FolderFiles) -> None:
    try:
        with os.scandir(folder) as listing:
            entries = sorted(islice(listing, MOST_ENTRIES - found.seen), key=lambda entry: entry.name)
    except OSError as error:
        raise CourseError(f"{folder} cannot be read: {error.strerror}.", "Mend its permissions.") from error
    found.seen += len(entries)
    for entry in entries:
        name = prefix + entry.name
        if entry.name in PASSED_OVER:
            continue
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            _enter(Path(entry.path), name, depth, found)
        elif entry.is_file(follow_symlinks=False):
            _take(Path(entry.path), name, found)


def _enter(folder: Path, name: str, depth: int, found: FolderFiles) -> None:
    if (folder / "pyvenv.cfg").exists():
        return
    if depth >= DEEPEST:
        found.left_out.append(f"{name}/")
        return
    _walk(folder, f"{name}/", depth + 1, found)


def _take(path: Path, name: str, found: FolderFiles) -> None:
    if len(found.files) >= MOST_FILES or found.size >= LARGEST_FOLDER:
        found.left_out.append(name)
        return
    try:
        content = read_file(path, min(LARGEST_FILE, LARGEST_FOLDER - found.size))
    except CourseError:
        found.left_out.append(name)
        return
    found.files[name] = content
    found.size += len(content)
