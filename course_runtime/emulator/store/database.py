"""One SQLite database a cloud: a file that survives `kill -9`, or memory for a check that lasts a second."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCHEMA_VERSION = 1

SCHEMA = """
CREATE TABLE resources (
    key TEXT PRIMARY KEY,
    sequence INTEGER NOT NULL,
    type TEXT NOT NULL,
    parent TEXT NOT NULL,
    subscription TEXT NOT NULL,
    resource_group TEXT NOT NULL,
    body TEXT NOT NULL,
    secrets TEXT NOT NULL DEFAULT '{}'
);
CREATE INDEX resources_by_parent ON resources (parent, type, sequence);
CREATE INDEX resources_by_subscription ON resources (subscription, type, sequence);
CREATE INDEX resources_by_type ON resources (type);
CREATE TABLE documents (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, key)
);
CREATE TABLE timers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    due REAL NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    payload TEXT NOT NULL
);
CREATE INDEX timers_by_due ON timers (due);
CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
"""


class StaleDatabase(Exception):
    """The file was written by another version of the kit."""


class Database:
    """A connection used from the emulator's one thread; every change is committed when it is made."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file
        self._depth = 0
        self.connection = sqlite3.connect(
            str(file) if file else ":memory:", isolation_level=None, check_same_thread=False
        )
        if file:
            self.connection.execute("PRAGMA journal_mode=WAL")
            self.connection.execute("PRAGMA synchronous=NORMAL")
        self._migrate()

    def _migrate(self) -> None:
        (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        if version == SCHEMA_VERSION:
            return
        if version:
            raise StaleDatabase(
                f"The file {self.file} was written by another version of the workshop (its format is {version}, "
                f"this version reads format {SCHEMA_VERSION}). Move it away to begin with an empty cloud, "
                "or install the version that wrote it."
            )
        self.connection.executescript(f"BEGIN;{SCHEMA}PRAGMA user_version={SCHEMA_VERSION};COMMIT;")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block's changes, or none of them."""
        if self._depth:
            yield
            return
        self._depth += 1
        try:
            self.connection.execute("BEGIN")
            yield
            self.connection.execute("COMMIT")
        except BaseException:
            self._roll_back()
            raise
        finally:
            self._depth -= 1

    def _roll_back(self) -> None:
        """SQLite may have done so by itself, when the disk is full."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def next_number(self, counter: str) -> int:
        row = self.connection.execute(
            "INSERT INTO counters VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value",
            (counter,),
        ).fetchone()
        return int(row[0])

    def close(self) -> None:
        self.connection.close()
