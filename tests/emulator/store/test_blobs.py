from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.emulator.store.blobs import Blob, BlobStore, Block, Container, Extent
from course_runtime.emulator.store.database import Database


@pytest.fixture
def store(tmp_path: Path) -> BlobStore:
    made = BlobStore(Database(tmp_path / "cloud.db"), tmp_path / "blobs")
    made.put_container(Container("1", "data"))
    return made


def piece(store: BlobStore, data: bytes) -> str:
    writer = store.writer()
    writer.write(data)
    return writer.finish()


def blob(store: BlobStore, name: str, data: bytes = b"content") -> Blob:
    return Blob("1", "data", name, extents=[Extent(piece(store, data), 0, len(data))])


def content(store: BlobStore, name: str) -> bytes:
    found = store.blob("1", "data", name)
    assert found is not None
    return b"".join(store.read(found, 0, found.size))


def pieces_on_disk(tmp_path: Path) -> int:
    return len(list((tmp_path / "blobs").iterdir()))


def test_what_was_put_is_there_after_the_process_was_killed(store: BlobStore, tmp_path: Path) -> None:
    store.put(blob(store, "whole"))
    torn = store.writer()
    torn.write(bytes(2_000_000))  # never finished: the process dies here
    piece(store, b"finished, but no blob came to use it")
    assert pieces_on_disk(tmp_path) == 3
    again = BlobStore(Database(tmp_path / "cloud.db"), tmp_path / "blobs")
    assert content(again, "whole") == b"content"
    assert pieces_on_disk(tmp_path) == 1


def test_replacing_and_deleting_remove_the_old_content(store: BlobStore, tmp_path: Path) -> None:
    store.put(blob(store, "x", b"old"))
    store.put(blob(store, "x", b"new"))
    assert content(store, "x") == b"new"
    assert pieces_on_disk(tmp_path) == 1
    store.delete("1", "data", "x")
    assert pieces_on_disk(tmp_path) == 0


def test_shared_content_stays_until_its_last_user_goes(store: BlobStore, tmp_path: Path) -> None:
    first = blob(store, "first")
    store.put(first)
    store.put(Blob("1", "data", "second", extents=first.extents))
    store.delete("1", "data", "first")
    assert content(store, "second") == b"content"
    store.delete("1", "data", "second")
    assert pieces_on_disk(tmp_path) == 0


def test_committing_blocks_takes_their_content_over(store: BlobStore, tmp_path: Path) -> None:
    kept, forgotten = piece(store, b"kept"), piece(store, b"forgotten")
    store.put_block("1", "data", "x", Block("a", kept, 4))
    store.put_block("1", "data", "x", Block("b", forgotten, 9))
    store.put(Blob("1", "data", "x", extents=[Extent(kept, 0, 4, "a")]), forget_blocks=True)
    assert store.blocks("1", "data", "x") == []
    assert content(store, "x") == b"kept"
    assert pieces_on_disk(tmp_path) == 1


def test_a_block_that_is_sent_again_replaces_the_first(store: BlobStore, tmp_path: Path) -> None:
    store.put_block("1", "data", "x", Block("a", piece(store, b"one"), 3))
    store.put_block("1", "data", "x", Block("a", piece(store, b"three"), 5))
    assert [block.size for block in store.blocks("1", "data", "x")] == [5]
    assert pieces_on_disk(tmp_path) == 1


def test_reading_a_part_crosses_extents_and_fills_gaps_with_zeros(store: BlobStore) -> None:
    first, second = piece(store, b"abcdef"), piece(store, b"uvwxyz")
    one = Blob("1", "data", "x", extents=[Extent(first, 1, 4), Extent("", 0, 3), Extent(second, 0, 6)])
    assert one.size == 13
    assert b"".join(store.read(one, 0, 13)) == b"bcde\0\0\0uvwxyz"
    assert b"".join(store.read(one, 2, 7)) == b"de\0\0\0uv"


def test_names_come_in_order_and_below_a_prefix(store: BlobStore) -> None:
    for name in ("b", "a/2", "a/1", "a0", "ä"):
        store.put(blob(store, name))
    assert [one.name for one in store.blobs("1", "data")] == ["a/1", "a/2", "a0", "b", "ä"]
    assert [one.name for one in store.below("1", "data", "a/")] == ["a/1", "a/2"]


def test_moving_keeps_the_content_and_replaces_what_was_there(store: BlobStore, tmp_path: Path) -> None:
    store.put(blob(store, "old", b"moved"))
    store.put(blob(store, "new", b"gone"))
    found = store.blob("1", "data", "old")
    assert found
    store.move(found, "data", "new")
    assert store.blob("1", "data", "old") is None
    assert content(store, "new") == b"moved"
    assert pieces_on_disk(tmp_path) == 1


def test_a_dropped_account_takes_everything_with_it(store: BlobStore, tmp_path: Path) -> None:
    store.put(blob(store, "x"))
    store.put_container(Container("1/files", "share"))
    store.put_container(Container("11", "other"))
    store.drop_account("1")
    assert list(store.containers("1")) == list(store.containers("1/files")) == []
    assert [one.name for one in store.containers("11")] == ["other"]
    assert pieces_on_disk(tmp_path) == 0
