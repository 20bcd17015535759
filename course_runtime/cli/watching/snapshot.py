"""The files of the watched modules, as they are now: two snapshots tell what was saved in between."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

SUFFIXES = (".py", ".ipynb")
PASSED_OVER = ("__pycache__", "node_modules", "venv", "site-packages")
DEEPEST = 4
Snapshot = dict[Path, tuple[int, int, int]]


def take(folders: Iterable[Path], named: frozenset[str] = frozenset()) -> Snapshot:
    """By path: time of change, size, and which file it is. `named` files count whatever their suffix."""
    return {path: mark for folder in folders for path, mark in _files(folder, named, 0)}


def differences(before: Snapshot, after: Snapshot) -> frozenset[Path]:
    return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _files(folder: Path, named: frozenset[str], depth: int) -> Iterator[tuple[Path, tuple[int, int, int]]]:
    """What vanishes while one looks is not there; what editors and Jupyter keep for themselves does not count."""
    try:
        with os.scandir(folder) as listing:
            entries = [entry for entry in listing if not entry.name.startswith((".", "#"))]
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            if depth < DEEPEST and entry.name not in PASSED_OVER:
                yield from _files(Path(entry.path), named, depth + 1)
        elif entry.name.endswith(SUFFIXES) or entry.name in named:
            try:
                about = entry.stat()
            except OSError:
                continue
            yield Path(entry.path), (about.st_mtime_ns, about.st_size, about.st_ino)
