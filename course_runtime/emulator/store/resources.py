"""ARM resources by id. Ids match in any casing; bodies keep the casing they were written with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from course_runtime.emulator.kernel.path import ArmPath
from course_runtime.emulator.store.database import Database

Body = dict[str, Any]

BATCH = 500
LAST = 2**62
"""Larger than any sequence."""


@dataclass
class Stored:
    """A resource as kept: its body as ARM shows it, and the secrets that ARM never shows."""

    body: Body
    secrets: Body = field(default_factory=dict)
    sequence: int = 0

    @property
    def id(self) -> str:
        return str(self.body["id"])

    @property
    def name(self) -> str:
        return str(self.body["name"])

    @property
    def properties(self) -> Body:
        properties: Body = self.body.setdefault("properties", {})
        return properties


class ResourceStore:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._db = database.connection

    def get(self, resource_id: str) -> Stored | None:
        row = self._db.execute(
            "SELECT body, secrets, sequence FROM resources WHERE key = ?", (resource_id.lower(),)
        ).fetchone()
        return _stored(row) if row else None

    def put(self, path: ArmPath, stored: Stored) -> Stored:
        key = path.id.lower()
        stored.sequence = stored.sequence or self._database.next_number("sequence")
        self._db.execute(
            "INSERT INTO resources VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
            "body = excluded.body, secrets = excluded.secrets",
            (
                key,
                stored.sequence,
                path.full_type.lower(),
                path.parent_id().lower(),
                (path.subscription or "").lower(),
                (path.group or "").lower(),
                json.dumps(stored.body),
                json.dumps(stored.secrets),
            ),
        )
        return stored

    def delete(self, resource_id: str) -> bool:
        return self._db.execute("DELETE FROM resources WHERE key = ?", (resource_id.lower(),)).rowcount > 0

    def children(
        self, parent: str, type_name: str, *, after: int = 0, limit: int = -1, newest_first: bool = False
    ) -> list[Stored]:
        """What lives directly in `parent`, in the order it was made; `after` is the last sequence already seen."""
        order, beyond, start = ("DESC", "<", after or LAST) if newest_first else ("ASC", ">", after)
        rows = self._db.execute(
            f"SELECT body, secrets, sequence FROM resources WHERE parent = ? AND type = ? AND sequence {beyond} ? "
            f"ORDER BY sequence {order} LIMIT ?",
            (parent.lower(), type_name.lower(), start, limit),
        )
        return [_stored(row) for row in rows]

    def named(self, type_name: str, name: str) -> Stored | None:
        """A resource whose name is its own in the whole of Azure: a storage account, a key vault."""
        ending = f"/{name.lower()}"
        row = self._db.execute(
            "SELECT body, secrets, sequence FROM resources WHERE type = ? AND substr(key, ?) = ?",
            (type_name.lower(), -len(ending), ending),
        ).fetchone()
        return _stored(row) if row else None

    def children_of_any(self, parents: Sequence[str], type_name: str) -> list[Stored]:
        """What lives directly in any of the parents: one question instead of one for each."""
        marks = ",".join("?" * len(parents))
        rows = self._db.execute(
            f"SELECT body, secrets, sequence FROM resources WHERE parent IN ({marks}) AND type = ? ORDER BY sequence",
            (*(parent.lower() for parent in parents), type_name.lower()),
        )
        return [_stored(row) for row in rows]

    def in_subscription(
        self, subscription: str, type_name: str | None = None, *, group: str | None = None, after: int = 0
    ) -> Iterator[Stored]:
        """Every resource of a type (or of all types) in a subscription or one of its groups, fetched in batches."""
        query = "SELECT body, secrets, sequence FROM resources WHERE subscription = ?"
        values: list[str | int] = [subscription.lower()]
        if type_name is not None:
            query += " AND type = ?"
            values.append(type_name.lower())
        if group is not None:
            query += " AND resource_group = ?"
            values.append(group.lower())
        query += " AND sequence > ? ORDER BY sequence LIMIT ?"
        while rows := self._db.execute(query, (*values, after, BATCH)).fetchall():
            yield from map(_stored, rows)
            after = rows[-1][2]

    def below(self, resource_id: str) -> list[Stored]:
        """A resource's whole subtree, deepest first, itself left out."""
        prefix = resource_id.lower() + "/"
        rows = self._db.execute(
            "SELECT body, secrets, sequence FROM resources WHERE key >= ? AND key < ? ORDER BY length(key) DESC",
            (prefix, prefix[:-1] + "0"),
        )
        return [_stored(row) for row in rows]

    def count(self) -> int:
        (number,) = self._db.execute("SELECT count(*) FROM resources").fetchone()
        return int(number)


def _stored(row: tuple[str, str, int]) -> Stored:
    return Stored(json.loads(row[0]), json.loads(row[1]), row[2])
