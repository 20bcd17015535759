"""Small JSON documents by kind and key: principals, device codes, operations, whatever is not an ARM resource."""

from __future__ import annotations

import json
from typing import Any

from course_runtime.emulator.store.database import Database

Body = dict[str, Any]


class DocumentStore:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._db = database.connection

    def get(self, kind: str, key: str) -> Body | None:
        row = self._db.execute(
            "SELECT body FROM documents WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return json.loads(row[0]) if row else None

    def put(self, kind: str, key: str, body: Body) -> None:
        self._db.execute(
            "INSERT INTO documents VALUES (?, ?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET body = excluded.body",
            (kind, key, self._database.next_number("sequence"), json.dumps(body)),
        )

    def delete(self, kind: str, key: str) -> bool:
        return self._db.execute("DELETE FROM documents WHERE kind = ? AND key = ?", (kind, key)).rowcount > 0

    def all(self, kind: str) -> list[Body]:
        rows = self._db.execute("SELECT body FROM documents WHERE kind = ? ORDER BY sequence", (kind,))
        return [json.loads(row[0]) for row in rows]
