"""The files of a worker's work directory, by relative name only."""

from __future__ import annotations

import os
from pathlib import Path

from .values import MOST_BYTES

MOST_LISTED = 10_000


class WorkFiles:
    def __init__(self, directory: str) -> None:
        self.directory = Path(directory).resolve()

    def contains(self, path: str) -> bool:
        return Path(path).is_absolute() and self.directory in Path(path).resolve().parents

    def write(self, name: str, data: bytes) -> None:
        path = self._place(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)

    def read(self, name: str) -> bytes:
        path = self._place(name)
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise ValueError(f"{name} has {size} bytes; at most {MOST_BYTES} can be read")
        return path.read_bytes()

    def names(self) -> list[str]:
        found: list[str] = []
        for folder, _, files in os.walk(self.directory):
            found += [str((Path(folder) / name).relative_to(self.directory)) for name in files]
            if len(found) > MOST_LISTED:
                raise ValueError(f"the work directory holds more than {MOST_LISTED} files")
        return sorted(found)

    def _place(self, name: str) -> Path:
        path = (self.directory / name).resolve()
        if Path(name).is_absolute() or self.directory not in path.parents:
            raise ValueError(f"{name!r} is not the name of a file in the work directory")
        return path
