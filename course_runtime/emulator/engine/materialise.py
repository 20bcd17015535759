"""Files between the cloud's storage and folders of this machine, a piece at a time, away from the event loop."""

from __future__ import annotations

import asyncio
import mimetypes
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.services.history.artifacts import Place
from course_runtime.emulator.services.storage.formats import new_etag
from course_runtime.emulator.services.workspaces.account_containers import ensure_container
from course_runtime.emulator.store.blobs import Blob, Extent
from course_runtime.emulator.store.contents import PieceLost

CHUNK = 1024 * 1024
TEXT = {".txt", ".log", ".csv", ".json", ".yaml", ".yml", ".md", ".py"}


@dataclass(frozen=True)
class Kept:
    """A file whose content is in the store, and has no name there yet."""

    name: str
    piece: str
    size: int


def is_file(place: Place) -> bool:
    blob = place.blob() if place.prefix else None
    return blob is not None and "hdi_isfolder" not in blob.metadata


async def download(place: Place, target: Path) -> Path:
    """What lies there, as the file or folder `target`. AzureError when nothing does."""
    blob = place.blob() if is_file(place) else None
    if blob is not None:
        await asyncio.to_thread(_write, place, [(target, blob)])
        return target
    files = [
        (_inside(target, path), found) for path, found in place.files() if path and not path.endswith("/")
    ]
    if not files:
        where = f"{place.account.name}/{place.container}/{place.prefix}"
        raise AzureError(
            404, "UserError", f"There is nothing at '{place.url()}' ({where}): no file, and no folder."
        )
    target.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(_write, place, files)
    return target


async def upload(folder: Path, place: Place, *, only: Iterable[str] | None = None) -> list[str]:
    """Every file below the folder, or the single file, under the place; their paths. Links are left out."""
    kept = await asyncio.to_thread(
        lambda: [_keep(place, folder, path) for path in sorted(only or paths(folder))]
    )
    ensure_container(place.cloud, place.account, place.container)
    now = place.cloud.clock.now()
    for one in kept:
        extents = [Extent(one.piece, 0, one.size)] if one.size else []
        target = place.at(one.name) if one.name else place
        headers = {"content-type": _content_type(target.prefix)}
        blob = Blob(place.key, place.container, target.prefix, etag=new_etag(), created=now, modified=now)
        blob.headers, blob.extents = headers, extents
        place.cloud.blobs.put(blob, forget_blocks=True)
    return [one.name for one in kept]


def paths(folder: Path) -> Iterator[str]:
    """Relative names of the regular files in a folder; the empty one for a path that is itself a file."""
    if stat.S_ISREG(folder.lstat().st_mode):
        yield ""
        return
    for base, _, names in os.walk(folder):
        for name in names:
            path = Path(base, name)
            if stat.S_ISREG(path.lstat().st_mode):
                yield path.relative_to(folder).as_posix()


def _write(place: Place, files: list[tuple[Path, Blob]]) -> None:
    for target, blob in files:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            try:
                for chunk in place.cloud.blobs.read(blob, 0, blob.size):
                    stream.write(chunk)
            except PieceLost:
                raise AzureError(
                    409, "UserError", f"'{blob.name}' was changed while it was being read."
                ) from None


def _keep(place: Place, folder: Path, path: str) -> Kept:
    """Who wrote the file may be hostile: a link in its place is not followed."""
    source = folder / path if path else folder
    writer = place.cloud.blobs.writer()
    try:
        with os.fdopen(os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb") as stream:
            while chunk := stream.read(CHUNK):
                writer.write(chunk)
        return Kept(path, writer.finish() if writer.size else "", writer.size)
    except BaseException:
        writer.abandon()
        raise


def _inside(folder: Path, path: str) -> Path:
    """A blob may be called anything; its file lies in the folder."""
    parts = [part for part in path.split("/") if part]
    if any(part in (".", "..") or "\0" in part for part in parts):
        raise user_error(f"The blob '{path}' cannot be a file: its name leads out of its folder.")
    return folder.joinpath(*parts)


def _content_type(name: str) -> str:
    if Path(name).suffix in TEXT:
        return "text/plain"
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
