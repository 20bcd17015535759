"""Containers and blobs of all storage accounts: rows here, content in pieces beside the database.

A blob's row is committed after its pieces are complete, so a blob is whole or not there at all. Pieces may be
shared (a copy costs nothing) and are deleted with their last user. An account is known by the sequence number of
its resource, which is never given twice: a new account of an old name starts empty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from course_runtime.emulator.store.contents import Contents, PieceWriter
from course_runtime.emulator.store.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS containers (
    account TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (account, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blobs (
    account TEXT NOT NULL, container TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, extents TEXT NOT NULL,
    PRIMARY KEY (account, container, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (
    account TEXT NOT NULL, container TEXT NOT NULL, blob TEXT NOT NULL, id TEXT NOT NULL,
    piece TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (account, container, blob, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS pieces (id TEXT PRIMARY KEY, uses INTEGER NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True)
class Extent:
    """Bytes of a blob that lie together: a part of a piece, or zeros when no piece is named."""

    piece: str
    offset: int
    length: int
    block: str = ""


@dataclass
class Container:
    account: str
    name: str
    etag: str = ""
    created: float = 0.0
    modified: float = 0.0
    metadata: dict[str, str] = field(default_factory=dict)
    public: str = ""
    policies: list[dict[str, str]] = field(default_factory=list)
    lease: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)


@dataclass
class Blob:
    account: str
    container: str
    name: str
    type: str = "BlockBlob"
    etag: str = ""
    created: float = 0.0
    modified: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    """Content-Type and its like, by lower-case header name."""
    metadata: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)
    tier: str = ""
    tier_changed: float = 0.0
    lease: dict[str, Any] = field(default_factory=dict)
    copy: dict[str, str] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    extents: list[Extent] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(extent.length for extent in self.extents)


@dataclass(frozen=True)
class Block:
    id: str
    piece: str
    size: int


class BlobStore:
    def __init__(self, database: Database, folder: Path | None) -> None:
        self._database = database
        self._db = database.connection
        self._db.executescript(SCHEMA)
        self._contents = Contents(folder)
        rows = self._db.execute("SELECT id FROM pieces WHERE uses > 0")
        self._contents.sweep({row[0] for row in rows})

    def close(self) -> None:
        self._contents.close()

    # Containers -----------------------------------------------------------------------------------

    def container(self, account: str, name: str) -> Container | None:
        row = self._db.execute(
            "SELECT body FROM containers WHERE account = ? AND name = ?", (account, name)
        ).fetchone()
        return Container(**json.loads(row[0])) if row else None

    def containers(self, account: str, *, start: str = "", prefix: str = "") -> Iterator[Container]:
        rows = self._db.execute(
            "SELECT body FROM containers WHERE account = ? AND name >= ? AND substr(name, 1, ?) = ? ORDER BY name",
            (account, max(start, prefix), len(prefix), prefix),
        )
        for row in rows.fetchall():
            yield Container(**json.loads(row[0]))

    def put_container(self, container: Container) -> None:
        self._db.execute(
            "INSERT INTO containers VALUES (?, ?, ?) ON CONFLICT (account, name) DO UPDATE SET body = excluded.body",
            (container.account, container.name, json.dumps(asdict(container))),
        )

    def delete_container(self, account: str, name: str) -> None:
        with self._database.transaction():
            self._db.execute("DELETE FROM containers WHERE account = ? AND name = ?", (account, name))
            doomed = self._pieces_of(account, name)
            for table in ("blobs", "blocks"):
                self._db.execute(f"DELETE FROM {table} WHERE account = ? AND container = ?", (account, name))
            gone = self._release(doomed)
        self._remove(gone)

    def drop_account(self, account: str) -> None:
        """Everything of an account that is being deleted, its other services' accounts included."""
        names = self._db.execute(
            "SELECT account, name FROM containers WHERE account = ? OR substr(account, 1, ?) = ?",
            (account, len(account) + 1, f"{account}/"),
        )
        for owner, name in names.fetchall():
            self.delete_container(owner, name)

    # Blobs ----------------------------------------------------------------------------------------

    def blob(self, account: str, container: str, name: str) -> Blob | None:
        row = self._db.execute(
            "SELECT body, extents FROM blobs WHERE account = ? AND container = ? AND name = ?",
            (account, container, name),
        ).fetchone()
        return _blob(row) if row else None

    def blobs(self, account: str, container: str, *, start: str = "", limit: int = 1000) -> list[Blob]:
        """Blobs in the order of their names, from `start` on."""
        rows = self._db.execute(
            "SELECT body, extents FROM blobs WHERE account = ? AND container = ? AND name >= ? ORDER BY name LIMIT ?",
            (account, container, start, limit),
        )
        return [_blob(row) for row in rows.fetchall()]

    def below(self, account: str, container: str, prefix: str) -> Iterator[Blob]:
        """Every blob whose name begins so; the caller may change them on the way."""
        start = prefix
        while found := self.blobs(account, container, start=start, limit=200):
            for blob in found:
                if not blob.name.startswith(prefix):
                    return
                yield blob
            start = found[-1].name + "\0"

    def put(self, blob: Blob, *, forget_blocks: bool = False) -> None:
        """Keep a blob; pieces that only the former one used are deleted."""
        with self._database.transaction():
            former = self.blob(blob.account, blob.container, blob.name)
            self._use(_pieces(blob.extents))
            released = _pieces(former.extents) if former else []
            if forget_blocks:
                released += self._take_blocks(blob.account, blob.container, blob.name)
            body = asdict(blob)
            extents = [list(vars(extent).values()) for extent in blob.extents]
            del body["extents"]
            self._db.execute(
                "INSERT INTO blobs VALUES (?, ?, ?, ?, ?) ON CONFLICT (account, container, name) "
                "DO UPDATE SET body = excluded.body, extents = excluded.extents",
                (blob.account, blob.container, blob.name, json.dumps(body), json.dumps(extents)),
            )
            gone = self._release(released)
        self._remove(gone)

    def delete(self, account: str, container: str, name: str) -> None:
        with self._database.transaction():
            blob = self.blob(account, container, name)
            released = self._take_blocks(account, container, name)
            released += _pieces(blob.extents) if blob else []
            self._db.execute(
                "DELETE FROM blobs WHERE account = ? AND container = ? AND name = ?",
                (account, container, name),
            )
            gone = self._release(released)
        self._remove(gone)

    def move(self, blob: Blob, container: str, name: str) -> None:
        """Give a blob another name; what had that name before is gone."""
        if (container, name) == (blob.container, blob.name):
            return
        self.delete(blob.account, container, name)
        with self._database.transaction():
            self.put(replace(blob, container=container, name=name))
            self.delete(blob.account, blob.container, blob.name)

    # Blocks that are not committed yet ------------------------------------------------------------

    def put_block(self, account: str, container: str, blob: str, block: Block) -> None:
        key = (account, container, blob, block.id)
        with self._database.transaction():
            former = self._db.execute(
                "SELECT piece FROM blocks WHERE account = ? AND container = ? AND blob = ? AND id = ?", key
            ).fetchone()
            self._use([block.piece])
            self._db.execute(
                "INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?, ?, ?)", (*key, block.piece, block.size)
            )
            gone = self._release([former[0]] if former else [])
        self._remove(gone)

    def blocks(self, account: str, container: str, blob: str) -> list[Block]:
        rows = self._db.execute(
            "SELECT id, piece, size FROM blocks WHERE account = ? AND container = ? AND blob = ? ORDER BY id",
            (account, container, blob),
        )
        return [Block(*row) for row in rows]

    # Content --------------------------------------------------------------------------------------

    def writer(self) -> PieceWriter:
        return self._contents.writer()

    def discard(self, piece: str) -> None:
        """A finished piece that nothing came to use."""
        self._contents.delete(piece)

    def read(self, blob: Blob, start: int, length: int) -> Iterator[bytes]:
        """A part of a blob's content, a little at a time."""
        for extent in blob.extents:
            if length <= 0:
                return
            if start >= extent.length:
                start -= extent.length
                continue
            taken = min(extent.length - start, length)
            yield from self._read_extent(extent, start, taken)
            length -= taken
            start = 0

    def _read_extent(self, extent: Extent, start: int, length: int) -> Iterator[bytes]:
        if extent.piece:
            yield from self._contents.read(extent.piece, extent.offset + start, length)
            return
        while length > 0:
            yield bytes(min(length, 65_536))
            length -= 65_536

    # Who uses which piece -------------------------------------------------------------------------

    def _use(self, pieces: Iterable[str]) -> None:
        self._db.executemany(
            "INSERT INTO pieces VALUES (?, 1) ON CONFLICT (id) DO UPDATE SET uses = uses + 1",
            [(piece,) for piece in pieces],
        )

    def _release(self, pieces: Iterable[str]) -> list[str]:
        """Count users down; the pieces that nobody uses any more."""
        gone = []
        for piece in pieces:
            row = self._db.execute(
                "UPDATE pieces SET uses = uses - 1 WHERE id = ? RETURNING uses", (piece,)
            ).fetchone()
            if row and row[0] <= 0:
                self._db.execute("DELETE FROM pieces WHERE id = ?", (piece,))
                gone.append(piece)
        return gone

    def _remove(self, pieces: Iterable[str]) -> None:
        for piece in pieces:
            self._contents.delete(piece)

    def _take_blocks(self, account: str, container: str, blob: str) -> list[str]:
        pieces = [block.piece for block in self.blocks(account, container, blob)]
        self._db.execute(
            "DELETE FROM blocks WHERE account = ? AND container = ? AND blob = ?", (account, container, blob)
        )
        return pieces

    def _pieces_of(self, account: str, container: str) -> list[str]:
        where = "WHERE account = ? AND container = ?"
        blocks = self._db.execute(f"SELECT piece FROM blocks {where}", (account, container))
        pieces = [row[0] for row in blocks.fetchall()]
        for row in self._db.execute(f"SELECT body, extents FROM blobs {where}", (account, container)):
            pieces += _pieces(_blob(row).extents)
        return pieces


def _pieces(extents: Iterable[Extent]) -> list[str]:
    """Each piece once, however many extents of a blob lie in it."""
    return list({extent.piece: None for extent in extents if extent.piece})


def _blob(row: tuple[str, str]) -> Blob:
    return Blob(**json.loads(row[0]), extents=[Extent(*values) for values in json.loads(row[1])])
