"""A cloud's clock: real time plus an offset that a test may advance, and timers that fire in order.

Timers are kept in the database, so what was due happens after a restart too.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

from course_runtime.emulator.store.database import Database
from course_runtime.emulator.store.documents import DocumentStore

FURTHEST = 100 * 365 * 86_400.0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Timer:
    id: int
    due: float
    action: str
    subject: str
    payload: dict[str, Any]


class Clock:
    def __init__(self, database: Database, real_time: Callable[[], float] = time.time) -> None:
        self._database = database
        self._db = database.connection
        self._documents = DocumentStore(database)
        self.real_time = real_time
        """What every client's own clock says: nothing advances it."""
        kept = self._documents.get("clock", "clock") or {"offset": 0.0}
        self._offset = float(kept["offset"])
        self._standing_at: float | None = None

    def now(self) -> float:
        """Seconds since the epoch; while timers fire, the moment the timer was due."""
        if self._standing_at is not None:
            return self._standing_at
        return self.present()

    def present(self) -> float:
        """Seconds since the epoch for who is outside: also while timers fire, which may be long overdue."""
        return self.real_time() + self._offset

    def timestamp(self) -> str:
        """Now, as ARM writes it."""
        return iso(self.now())

    def later(self, seconds: float, action: str, subject: str, payload: dict[str, Any] | None = None) -> None:
        self._db.execute(
            "INSERT INTO timers (due, action, subject, payload) VALUES (?, ?, ?, ?)",
            (self.now() + seconds, action, subject, json.dumps(payload or {})),
        )

    def advance(self, seconds: float, fire: Callable[[Timer], None]) -> None:
        """Move time forward; everything due on the way happens, each at its own moment."""
        if not 0 <= seconds <= FURTHEST:
            raise ValueError(
                f"The clock moves forward only, and a century at most: {seconds} seconds were asked for."
            )
        target = self.now() + seconds
        self.fire_due(fire, until=target)
        self._offset += seconds
        self._documents.put("clock", "clock", {"offset": self._offset})

    def fire_due(self, fire: Callable[[Timer], None], until: float | None = None) -> None:
        limit = self.now() if until is None else until
        while (timer := self._next(limit)) is not None:
            self._standing_at = timer.due
            try:
                self._fire(timer, fire)
            finally:
                self._standing_at = None

    def _fire(self, timer: Timer, fire: Callable[[Timer], None]) -> None:
        """What the timer does and that it is done with are one change: it happens once, whenever we are killed.

        One that fails is dropped with what it began: it must not keep others waiting, or fail again for ever.
        """
        try:
            with self._database.transaction():
                self._db.execute("DELETE FROM timers WHERE id = ?", (timer.id,))
                fire(timer)
        except sqlite3.Error:
            raise
        except Exception:
            logger.exception("the timer '%s' of %s failed", timer.action, timer.subject)
            self._db.execute("DELETE FROM timers WHERE id = ?", (timer.id,))

    def next_due(self) -> float | None:
        row = self._db.execute("SELECT min(due) FROM timers").fetchone()
        return None if row[0] is None else float(row[0])

    def _next(self, limit: float) -> Timer | None:
        row = self._db.execute(
            "SELECT id, due, action, subject, payload FROM timers WHERE due <= ? ORDER BY due, id LIMIT 1",
            (limit,),
        ).fetchone()
        return Timer(row[0], row[1], row[2], row[3], json.loads(row[4])) if row else None


def iso(moment: float) -> str:
    """A moment as Azure writes it: 2026-01-31T12:00:00.0000000Z."""
    stamp = datetime.fromtimestamp(moment, tz=timezone.utc)
    return stamp.strftime("%Y-%m-%dT%H:%M:%S.%f") + "0Z"
