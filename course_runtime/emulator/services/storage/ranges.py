"""Content that is written in places: page blobs and files in shares."""

from __future__ import annotations

from course_runtime.emulator.store.blobs import Extent


def replaced(extents: list[Extent], first: int, length: int, by: list[Extent]) -> list[Extent]:
    """The same content with `length` bytes from `first` on exchanged."""
    return taken(extents, 0, first) + by + taken(extents, first + length, None)


def taken(extents: list[Extent], start: int, end: int | None) -> list[Extent]:
    """What lies from `start` up to `end` (to the end, when None)."""
    found, position = [], 0
    for extent in extents:
        first = max(start - position, 0)
        last = extent.length if end is None else min(end - position, extent.length)
        if first < last:
            offset = extent.offset + first if extent.piece else 0
            found.append(Extent(extent.piece, offset, last - first))
        position += extent.length
    return found


def filled(extents: list[Extent]) -> list[tuple[int, int]]:
    """First and last byte of what was written, neighbours joined."""
    found: list[tuple[int, int]] = []
    position = 0
    for extent in extents:
        if extent.piece and found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], position + extent.length - 1)
        elif extent.piece:
            found.append((position, position + extent.length - 1))
        position += extent.length
    return found
