"""A log file of a job: written on this machine, and shown in the cloud as it grows."""

from __future__ import annotations

import os
from pathlib import Path

from course_runtime.emulator.services.history.artifacts import Place
from course_runtime.emulator.services.storage.formats import new_etag
from course_runtime.emulator.services.workspaces.account_containers import ensure_container
from course_runtime.emulator.store.blobs import Blob, Extent

MOST_AT_ONCE = 4 * 1024 * 1024


class JobLog:
    """The file is opened once, then known by its descriptor: who shares its folder cannot put another in its place."""

    def __init__(self, file: Path, place: Place) -> None:
        self.file = file
        self._place = place
        file.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_CREAT | os.O_RDWR | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        self._descriptor = os.open(file, flags, 0o644)

    def write(self, text: str) -> None:
        os.write(self._descriptor, text.encode("utf-8", "replace"))
        self.publish()

    def publish(self) -> None:
        """What was added since the last time becomes part of the blob."""
        blob = self._place.blob()
        shown = blob.size if blob else 0
        while added := os.pread(self._descriptor, MOST_AT_ONCE, shown):
            writer = self._place.cloud.blobs.writer()
            writer.write(added)
            blob = self._grown(blob, Extent(writer.finish(), 0, len(added)))
            shown += len(added)

    def tail(self, most: int) -> str:
        size = os.fstat(self._descriptor).st_size
        return os.pread(self._descriptor, most, max(0, size - most)).decode("utf-8", "replace")

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _grown(self, blob: Blob | None, extent: Extent) -> Blob:
        place, now = self._place, self._place.cloud.clock.now()
        if blob is None:
            ensure_container(place.cloud, place.account, place.container)
            blob = Blob(place.key, place.container, place.prefix, created=now)
            blob.headers = {"content-type": "text/plain"}
        blob.extents = [*blob.extents, extent]
        blob.etag, blob.modified = new_etag(), now
        place.cloud.blobs.put(blob)
        return blob
