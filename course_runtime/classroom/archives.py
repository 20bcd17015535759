"""Zip archives that others packed: read file by file within bounds, never extracted by the names they give."""

from __future__ import annotations

import re
import stat
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course_runtime.classroom.central_directory import central_directory_size
from course_runtime.classroom.refusal import Refused

MEGABYTE = 1_000_000
ENCRYPTED = 0x1
READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""The others may ask for gigabytes of memory before the first byte comes out."""
BYTES_OF_AN_ENTRY = 1_000
DRIVE = re.compile(r"[A-Za-z]:")
JUNK = frozenset({"__MACOSX", "__pycache__", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "desktop.ini"})
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    UnicodeError,
)


@dataclass(frozen=True)
class Bounds:
    files: int
    file: int
    total: int
    ratio: int = 100
    """How many times larger than the archive its contents may be, once they are larger than `small`."""
    small: int = 10 * MEGABYTE


ONE_STUDENT = Bounds(files=2_000, file=50 * MEGABYTE, total=50 * MEGABYTE)
WHOLE_CLASS = Bounds(files=100_000, file=200 * MEGABYTE, total=4_000 * MEGABYTE)


@dataclass(frozen=True)
class Member:
    name: str
    """Relative, with forward slashes, and nothing in it that leads elsewhere."""
    modified: float
    content: bytes


def members(path: Path, bounds: Bounds) -> Iterator[Member]:
    """The files of the archive, one after the other. All of it is looked at before the first one is given."""
    try:
        with path.open("rb") as file:
            if central_directory_size(file) > bounds.files * BYTES_OF_AN_ENTRY:
                raise Refused(f"{path.name} holds more than {bounds.files:,} files.")
            file.seek(0)
            with zipfile.ZipFile(file) as archive:
                for name, entry in _accepted(archive, path, bounds):
                    yield Member(name, _modified(entry), archive.read(entry))
    except BROKEN as error:
        raise Refused(f"{path.name} is broken or no zip archive: {error or type(error).__name__}.") from None
    except OSError as error:
        raise Refused(f"{path.name} cannot be read: {error.strerror or error}.") from None


def _accepted(archive: zipfile.ZipFile, path: Path, bounds: Bounds) -> list[tuple[str, zipfile.ZipInfo]]:
    entries = archive.infolist()
    if len(entries) > bounds.files:
        raise Refused(f"{path.name} holds {len(entries):,} files; at most {bounds.files:,} are taken.")
    accepted: dict[str, zipfile.ZipInfo] = {}
    for entry in entries:
        name = _plain_name(entry, path)
        _require_plain_file(entry, name, path, bounds)
        if entry.is_dir() or entry.filename.endswith("\\") or JUNK.intersection(name.split("/")):
            continue
        if name in accepted:
            raise Refused(f"{path.name} holds {name!r} twice.")
        accepted[name] = entry
    _require_bounded(accepted.values(), path, bounds)
    return list(accepted.items())


def _plain_name(entry: zipfile.ZipInfo, path: Path) -> str:
    """Windows programs write backslashes; some write UTF-8 without saying so."""
    given = entry.orig_filename if "\0" in entry.orig_filename else entry.filename
    name = unicodedata.normalize("NFC", _as_utf8(given).replace("\\", "/"))
    if "\0" in name:
        raise Refused(f"{path.name} holds a file whose name has a NUL in it: {name!r}.")
    if name.startswith("/") or DRIVE.match(name):
        raise Refused(f"{path.name} holds {name!r}, an absolute path.")
    parts = PurePosixPath(name).parts
    if ".." in parts:
        raise Refused(f"{path.name} holds {name!r}, which leads out of its folder.")
    if not parts:
        raise Refused(f"{path.name} holds a file without a name.")
    return "/".join(parts)


def _as_utf8(name: str) -> str:
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


def _require_plain_file(entry: zipfile.ZipInfo, name: str, path: Path, bounds: Bounds) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise Refused(f"{path.name} holds {name!r}, which is a link.")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Refused(f"{path.name} holds {name!r}, which is a device, a pipe or a socket.")
    if entry.flag_bits & ENCRYPTED:
        raise Refused(f"{path.name} is encrypted: {name!r} needs a password.")
    if entry.compress_type not in READABLE_METHODS:
        raise Refused(f"{path.name} packs {name!r} by method {entry.compress_type}; only deflate is read.")
    if entry.file_size > bounds.file:
        raise Refused(
            f"{path.name} holds {name!r} of {entry.file_size:,} bytes; at most {bounds.file:,} are taken."
        )


def _require_bounded(entries: Iterable[zipfile.ZipInfo], path: Path, bounds: Bounds) -> None:
    total = sum(entry.file_size for entry in entries)
    if total > bounds.total:
        raise Refused(f"{path.name} holds {total:,} bytes; at most {bounds.total:,} are taken.")
    if total > bounds.small and total > bounds.ratio * path.stat().st_size:
        raise Refused(
            f"{path.name} grows to more than {bounds.ratio} times its size when it is unpacked, as a zip bomb does."
        )


def _modified(entry: zipfile.ZipInfo) -> float:
    """The archive's times are local ones; a date that is none counts as the oldest."""
    try:
        return time.mktime((*entry.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0
