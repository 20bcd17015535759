"""The gradebook: one SQLite file, safe under several graders at once and whole after `kill -9`.

A submission's key names what its grade depends on. Each key is claimed by one grader at a time and graded once;
a claim whose grader has ended, or has not said for a while that it lives, is free again.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_runtime.classroom.handed_in import HandedIn
from course_runtime.classroom.owner import is_gone, this_owner
from course_runtime.grading import KitError, Result

LEASE_SECONDS = 60.0
SECONDS_TO_WAIT = 60.0
SCHEMA_VERSION = 1
SCHEMA = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS submissions (
    module TEXT NOT NULL, student TEXT NOT NULL, name TEXT NOT NULL, lms_id TEXT NOT NULL,
    path TEXT NOT NULL, submitted REAL, key TEXT NOT NULL,
    PRIMARY KEY (module, student)
);
CREATE TABLE IF NOT EXISTS grades (
    key TEXT PRIMARY KEY, module TEXT NOT NULL, student TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'claimed', 'graded', 'refused', 'failed')),
    owner TEXT NOT NULL DEFAULT '', lease REAL NOT NULL DEFAULT 0,
    score REAL, max_score REAL, message TEXT NOT NULL DEFAULT '', result TEXT, graded_at REAL
);
CREATE TABLE IF NOT EXISTS gradings (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, owner TEXT NOT NULL, state TEXT NOT NULL, at REAL NOT NULL
);
"""


@dataclass(frozen=True)
class Entry:
    """One line of the book. `state`: waiting, claimed, graded, refused (the submission's fault), failed (the kit's)."""

    module: str
    student: str
    name: str
    lms_id: str
    path: str
    submitted: float | None
    key: str
    state: str
    message: str
    result: Result | None
    graded_at: float | None


class Book:
    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._database = sqlite3.connect(path, timeout=SECONDS_TO_WAIT, isolation_level=None)
            self._database.row_factory = sqlite3.Row
            self._make()
        except sqlite3.Error as error:
            raise KitError(
                f"{path} is no gradebook of this kit: {error}.", "Choose another folder for --out."
            ) from None

    def close(self) -> None:
        self._database.close()

    def seed_of(self, student: str) -> str:
        """For this student's own world: the same when graded again, and nothing that anybody else can know."""
        return f"{self._fact('secret')}/{student}"

    def register(self, module: str, handed_in: Mapping[str, HandedIn]) -> None:
        """By key, what each student has handed in; a grade for exactly this is kept."""
        with self._transaction() as write:
            for key, one in handed_in.items():
                write.execute(
                    "INSERT INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (module, student) DO UPDATE SET"
                    " name=excluded.name, lms_id=excluded.lms_id, path=excluded.path, submitted=excluded.submitted,"
                    " key=excluded.key",
                    (module, one.student, one.name, one.lms_id, one.shown, one.submitted, key),
                )
                write.execute(
                    "INSERT OR IGNORE INTO grades (key, module, student) VALUES (?, ?, ?)",
                    (key, module, one.student),
                )
                write.execute("UPDATE grades SET state='waiting' WHERE key=? AND state='failed'", (key,))

    def again(self, keys: Iterable[str]) -> None:
        """Grade these once more, although nothing has changed."""
        with self._transaction() as write:
            write.executemany(
                "UPDATE grades SET state='waiting' WHERE key=? AND state!='claimed'", [(key,) for key in keys]
            )

    def claim(self, keys: Iterable[str]) -> str | None:
        """One of these that waits, or whose grader is gone; from now on it is ours."""
        now = time.time()
        with self._transaction() as write:
            for key in keys:
                row = write.execute("SELECT state, owner, lease FROM grades WHERE key=?", (key,)).fetchone()
                lost = row["state"] == "claimed" and (row["lease"] < now or is_gone(row["owner"]))
                if row["state"] == "waiting" or lost:
                    write.execute(
                        "UPDATE grades SET state='claimed', owner=?, lease=? WHERE key=?",
                        (this_owner(), now + LEASE_SECONDS, key),
                    )
                    return key
        return None

    def renew(self, keys: Iterable[str]) -> None:
        with self._transaction() as write:
            write.executemany(
                "UPDATE grades SET lease=? WHERE key=? AND state='claimed' AND owner=?",
                [(time.time() + LEASE_SECONDS, key, this_owner()) for key in keys],
            )

    def release(self, keys: Iterable[str]) -> None:
        with self._transaction() as write:
            write.executemany(
                "UPDATE grades SET state='waiting', owner='' WHERE key=? AND state='claimed' AND owner=?",
                [(key, this_owner()) for key in keys],
            )

    def finish(self, key: str, state: str, message: str = "", result: Result | None = None) -> bool:
        """False when the claim was lost meanwhile: then another grader's word counts, and ours is dropped."""
        now = time.time()
        document = json.dumps(result.as_json()) if result else None
        scores = (result.score, result.max_score) if result else (None, None)
        with self._transaction() as write:
            done = write.execute(
                "UPDATE grades SET state=?, owner='', message=?, result=?, score=?, max_score=?, graded_at=?"
                " WHERE key=? AND state='claimed' AND owner=?",
                (state, message, document, *scores, now, key, this_owner()),
            )
            if done.rowcount == 1:
                write.execute(
                    "INSERT INTO gradings (key, owner, state, at) VALUES (?, ?, ?, ?)",
                    (key, this_owner(), state, now),
                )
            return done.rowcount == 1

    def states(self, keys: Iterable[str]) -> dict[str, str]:
        wanted = set(keys)
        rows = self._database.execute("SELECT key, state FROM grades").fetchall()
        return {row["key"]: row["state"] for row in rows if row["key"] in wanted}

    def entry(self, module: str, student: str) -> Entry:
        return next(iter(self._entries("s.module=? AND s.student=?", (module, student))))

    def entries(self, module: str) -> Iterator[Entry]:
        """One at a time, by student: a class need not fit into memory."""
        return self._entries("s.module=?", (module,))

    def _entries(self, condition: str, values: tuple[str, ...]) -> Iterator[Entry]:
        query = (
            "SELECT s.*, g.state, g.message, g.result, g.graded_at FROM submissions s JOIN grades g ON g.key = s.key"
            f" WHERE {condition} ORDER BY s.student"
        )
        for row in self._database.execute(query, values):
            named: dict[str, Any] = dict(row)
            document = named.pop("result")
            yield Entry(**named, result=Result.from_json(json.loads(document)) if document else None)

    def _fact(self, name: str) -> str:
        row = self._database.execute("SELECT value FROM facts WHERE name=?", (name,)).fetchone()
        return str(row["value"])

    def _make(self) -> None:
        with self._transaction() as write:
            for statement in SCHEMA.split(";"):
                write.execute(statement)
            facts = (("schema", str(SCHEMA_VERSION)), ("secret", secrets.token_hex(16)))
            write.executemany("INSERT OR IGNORE INTO facts VALUES (?, ?)", facts)
        if self._fact("schema") != str(SCHEMA_VERSION):
            raise KitError(
                f"{self.path} was written by another version of the kit.", "Choose another folder for --out."
            )

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Taken at once, so that two graders never read the same line before one of them writes it."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
