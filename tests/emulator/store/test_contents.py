from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.emulator.store import contents
from course_runtime.emulator.store.contents import Contents, PieceLost


def write(store: Contents, *chunks: bytes) -> str:
    writer = store.writer()
    for chunk in chunks:
        writer.write(chunk)
    return writer.finish()


def read(store: Contents, piece: str, offset: int = 0, length: int = 10**9) -> bytes:
    return b"".join(store.read(piece, offset, length))


@pytest.mark.parametrize("size", [1, contents.LARGEST_IN_MEMORY, contents.LARGEST_IN_MEMORY * 2 + 7])
def test_a_piece_reads_back_in_memory_and_in_files(tmp_path: Path, size: int) -> None:
    data = bytes(range(256)) * (size // 256 + 1)
    for store in (Contents(None), Contents(tmp_path / "blobs")):
        piece = write(store, data[: size // 2], data[size // 2 : size])
        assert read(store, piece) == data[:size]
        assert read(store, piece, size // 2, 3) == data[size // 2 : size][:3]
        store.close()


def test_memory_is_bounded_and_what_spills_goes_with_the_store(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MEMORY_BOUND", 10)
    store = Contents(None)
    small, spilled = write(store, b"12345678"), write(store, b"abcdefgh")
    assert [file.name for file in store.folder.iterdir()] == [spilled]
    assert (read(store, small), read(store, spilled)) == (b"12345678", b"abcdefgh")
    folder = store.folder
    store.close()
    assert not folder.exists()


def test_deleting_from_memory_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MEMORY_BOUND", 10)
    store = Contents(None)
    store.delete(write(store, b"12345678"))
    write(store, b"12345678")
    assert list(store.folder.iterdir()) == []
    store.close()


def test_an_abandoned_piece_leaves_nothing(tmp_path: Path) -> None:
    store = Contents(tmp_path)
    writer = store.writer()
    writer.write(bytes(contents.LARGEST_IN_MEMORY + 1))
    assert len(list(tmp_path.iterdir())) == 1
    writer.abandon()
    assert list(tmp_path.iterdir()) == []


def test_the_sweep_removes_what_nobody_wants(tmp_path: Path) -> None:
    store = Contents(tmp_path)
    kept, orphan = write(store, b"kept"), write(store, b"orphan")
    assert store.sweep({kept}) == 1
    assert read(store, kept) == b"kept"
    with pytest.raises(PieceLost):
        read(store, orphan)
