"""Metrics: a row for each logged value, and for each name the value that counts as its last."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence

from course_runtime.emulator.services.history.runs import Body, Metric
from course_runtime.emulator.store.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS metrics (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, name TEXT NOT NULL, value REAL,
    step INTEGER NOT NULL, timestamp REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS metrics_by_run ON metrics (run, name, number);
CREATE TABLE IF NOT EXISTS latest_metrics (
    run INTEGER NOT NULL, name TEXT NOT NULL, value REAL, step INTEGER NOT NULL, timestamp REAL NOT NULL,
    PRIMARY KEY (run, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS metric_rows (
    number INTEGER PRIMARY KEY AUTOINCREMENT, run INTEGER NOT NULL, name TEXT NOT NULL, shape TEXT NOT NULL,
    body TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS metric_rows_by_run ON metric_rows (run, name, number);
"""


class MetricStore:
    """Runs are known by their number; NaN is kept as NULL, for SQLite has no other way to keep it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._db = database.connection
        self._db.executescript(SCHEMA)

    def add(self, run: int, metrics: Iterable[Metric]) -> None:
        """The latest value of a name is the one with the largest step, then moment; the later one if equal."""
        rows = [(run, one.name, _kept(one.value), one.step, one.timestamp) for one in metrics]
        with self._database.transaction():
            self._db.executemany(
                "INSERT INTO metrics (run, name, value, step, timestamp) VALUES (?, ?, ?, ?, ?)", rows
            )
            self._db.executemany(
                "INSERT INTO latest_metrics VALUES (?, ?, ?, ?, ?) ON CONFLICT (run, name) DO UPDATE SET "
                "value = excluded.value, step = excluded.step, timestamp = excluded.timestamp "
                "WHERE (excluded.step, excluded.timestamp) >= (step, timestamp)",
                rows,
            )

    def history(
        self, run: int, name: str | None = None, *, after: int = 0, limit: int = -1
    ) -> list[tuple[int, Metric]]:
        """Values in the order they were logged, each with its number: the place to go on from."""
        named = "" if name is None else "AND name = ?"
        values: list[object] = [run, *([] if name is None else [name]), after, limit]
        rows = self._db.execute(
            f"SELECT number, name, value, step, timestamp FROM metrics WHERE run = ? {named} AND number > ? "
            "ORDER BY number LIMIT ?",
            values,
        )
        return [(row[0], _metric(row[1:])) for row in rows]

    def latest(self, runs: Sequence[int]) -> dict[int, dict[str, Metric]]:
        """For each run, its metrics by name."""
        found: dict[int, dict[str, Metric]] = {run: {} for run in runs}
        for start in range(0, len(runs), 500):
            some = runs[start : start + 500]
            rows = self._db.execute(
                "SELECT run, name, value, step, timestamp FROM latest_metrics WHERE run IN "
                f"({','.join('?' * len(some))}) ORDER BY run, name",
                some,
            )
            for row in rows:
                found[row[0]][row[1]] = _metric(row[1:])
        return found

    def add_rows(self, run: int, name: str, shape: Body, rows: Iterable[Body]) -> None:
        """Tables, lists and the like, which are no single number."""
        written = json.dumps(shape)
        self._db.executemany(
            "INSERT INTO metric_rows (run, name, shape, body) VALUES (?, ?, ?, ?)",
            [(run, name, written, json.dumps(row)) for row in rows],
        )

    def rows(self, run: int) -> dict[str, tuple[Body, list[Body]]]:
        """By name: the shape that came with the first row, and all rows."""
        found: dict[str, tuple[Body, list[Body]]] = {}
        rows = self._db.execute(
            "SELECT name, shape, body FROM metric_rows WHERE run = ? ORDER BY number", (run,)
        )
        for name, shape, body in rows:
            found.setdefault(name, (json.loads(shape), []))[1].append(json.loads(body))
        return found

    def drop(self, runs: Iterable[int]) -> None:
        doomed = [(run,) for run in runs]
        for table in ("metrics", "latest_metrics", "metric_rows"):
            self._db.executemany(f"DELETE FROM {table} WHERE run = ?", doomed)


def _kept(value: float) -> float | None:
    return None if math.isnan(value) else value


def _metric(row: tuple[str, float | None, int, float]) -> Metric:
    return Metric(row[0], math.nan if row[1] is None else row[1], row[2], row[3])
