"""Content of blobs and files in pieces: written once, whole before they have a name that counts, never changed.

A lasting cloud keeps every piece as a file; a cloud in memory keeps small pieces there up to a bound, and the
rest in a temporary folder that goes with it.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

READ_SIZE = 256 * 1024
LARGEST_IN_MEMORY = 1024 * 1024
MEMORY_BOUND = 32 * 1024 * 1024


class PieceLost(Exception):
    """A piece was deleted while somebody read it."""


class Contents:
    def __init__(self, folder: Path | None) -> None:
        self._lasting = folder
        self._temporary: Path | None = None
        self._in_memory: dict[str, bytes] = {}
        self._memory_used = 0

    def writer(self) -> PieceWriter:
        return PieceWriter(self)

    def read(self, piece: str, offset: int, length: int) -> Iterator[bytes]:
        """The bytes of a part of a piece, a little at a time."""
        held = self._in_memory.get(piece)
        if held is not None:
            yield held[offset : offset + length]
            return
        try:
            file = (self.folder / piece).open("rb")
        except FileNotFoundError:
            raise PieceLost(piece) from None
        with file:
            file.seek(offset)
            while length > 0 and (chunk := file.read(min(READ_SIZE, length))):
                length -= len(chunk)
                yield chunk

    def delete(self, piece: str) -> None:
        held = self._in_memory.pop(piece, None)
        if held is not None:
            self._memory_used -= len(held)
            return
        if self._lasting is None and self._temporary is None:
            return
        with contextlib.suppress(FileNotFoundError):
            (self.folder / piece).unlink()

    def sweep(self, wanted: set[str]) -> int:
        """Remove what an interrupted emulator left behind; how many files went."""
        if self._lasting is None or not self._lasting.is_dir():
            return 0
        orphans = [file for file in self._lasting.iterdir() if file.name not in wanted]
        for file in orphans:
            file.unlink()
        return len(orphans)

    def close(self) -> None:
        self._in_memory.clear()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    @property
    def folder(self) -> Path:
        if self._lasting:
            self._lasting.mkdir(mode=0o700, parents=True, exist_ok=True)
            return self._lasting
        if self._temporary is None:
            self._temporary = Path(tempfile.mkdtemp(prefix="workshop-blobs-"))
        return self._temporary

    def keep(self, piece: str, data: bytes) -> bool:
        """Hold a small piece in memory, if there is room and nothing has to last."""
        if self._lasting or self._memory_used + len(data) > MEMORY_BOUND:
            return False
        self._in_memory[piece] = data
        self._memory_used += len(data)
        return True


class PieceWriter:
    """Takes a piece as it comes in; nothing of it counts until `finish`."""

    def __init__(self, contents: Contents) -> None:
        self.piece = secrets.token_hex(16)
        self.size = 0
        self._contents = contents
        self._start = bytearray()
        self._file: BinaryIO | None = None

    def write(self, data: bytes) -> None:
        self.size += len(data)
        if self._file:
            self._file.write(data)
            return
        self._start += data
        if len(self._start) > LARGEST_IN_MEMORY:
            self._spill()

    def finish(self) -> str:
        """The piece's name, once all of it is where it will stay."""
        if self._file is None and not self._contents.keep(self.piece, bytes(self._start)):
            self._spill()
        if self._file:
            self._file.close()
        return self.piece

    def abandon(self) -> None:
        if self._file:
            self._file.close()
            self._contents.delete(self.piece)

    def _spill(self) -> None:
        self._file = (self._contents.folder / self.piece).open("wb")
        self._file.write(self._start)
        self._start.clear()
