"""Experiments: names that runs are gathered under, each workspace's own."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace

from course_runtime.emulator.services.history.errors import (
    bad_value,
    experiment_exists,
    experiment_not_found,
)
from course_runtime.emulator.services.history.runs import Experiment
from course_runtime.emulator.store.clock import Clock
from course_runtime.emulator.store.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS experiments (
    workspace TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, created REAL NOT NULL, updated REAL NOT NULL,
    archived INTEGER NOT NULL, tags TEXT NOT NULL, PRIMARY KEY (workspace, id)
);
CREATE UNIQUE INDEX IF NOT EXISTS experiments_by_name ON experiments (workspace, name);
"""
LONGEST_NAME = 255


class ExperimentStore:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._db = database.connection
        self._db.executescript(SCHEMA)
        self._clock = clock

    def get(self, workspace_id: str, experiment_id: str) -> Experiment | None:
        return self._one("workspace = ? AND id = ?", workspace_id, experiment_id)

    def named(self, workspace_id: str, name: str) -> Experiment | None:
        return self._one("workspace = ? AND name = ?", workspace_id, name)

    def require(self, workspace_id: str, experiment_id: str) -> Experiment:
        found = self.get(workspace_id, experiment_id)
        if found is None:
            raise experiment_not_found(experiment_id)
        return found

    def create(self, workspace_id: str, name: str, tags: dict[str, str] | None = None) -> Experiment:
        _require_name(name)
        if self.named(workspace_id, name):
            raise experiment_exists(name)
        now = self._clock.now()
        made = Experiment(workspace_id.lower(), str(uuid.uuid4()), name, now, now, False, dict(tags or {}))
        self._db.execute(
            "INSERT INTO experiments VALUES (?, ?, ?, ?, ?, ?, ?)",
            (made.workspace, made.id, name, now, now, 0, json.dumps(made.tags)),
        )
        return made

    def ensure(self, workspace_id: str, name: str) -> Experiment:
        """The experiment of that name, made when it is not there."""
        return self.named(workspace_id, name) or self.create(workspace_id, name)

    def update(
        self,
        experiment: Experiment,
        *,
        name: str | None = None,
        archived: bool | None = None,
        tags: dict[str, str] | None = None,
    ) -> Experiment:
        """Tags are merged, the rest is replaced."""
        if name is not None and name != experiment.name:
            _require_name(name)
            if self.named(experiment.workspace, name):
                raise experiment_exists(name)
        changed = replace(
            experiment,
            name=experiment.name if name is None else name,
            archived=experiment.archived if archived is None else archived,
            tags=experiment.tags | (tags or {}),
            updated=self._clock.now(),
        )
        self._keep(changed)
        return changed

    def delete_tag(self, experiment: Experiment, tag: str) -> Experiment:
        kept = {name: value for name, value in experiment.tags.items() if name != tag}
        changed = replace(experiment, tags=kept, updated=self._clock.now())
        self._keep(changed)
        return changed

    def all(self, workspace_id: str) -> list[Experiment]:
        """Archived ones too, in the order they were made."""
        rows = self._db.execute(
            "SELECT workspace, id, name, created, updated, archived, tags FROM experiments WHERE workspace = ? "
            "ORDER BY rowid",
            (workspace_id.lower(),),
        )
        return [_experiment(row) for row in rows]

    def drop_workspace(self, workspace_id: str) -> None:
        self._db.execute("DELETE FROM experiments WHERE workspace = ?", (workspace_id.lower(),))

    def _keep(self, experiment: Experiment) -> None:
        self._db.execute(
            "UPDATE experiments SET name = ?, updated = ?, archived = ?, tags = ? WHERE workspace = ? AND id = ?",
            (
                experiment.name,
                experiment.updated,
                int(experiment.archived),
                json.dumps(experiment.tags),
                experiment.workspace,
                experiment.id,
            ),
        )

    def _one(self, where: str, workspace_id: str, value: str) -> Experiment | None:
        row = self._db.execute(
            f"SELECT workspace, id, name, created, updated, archived, tags FROM experiments WHERE {where}",
            (workspace_id.lower(), value),
        ).fetchone()
        return _experiment(row) if row else None


def _experiment(row: tuple[str, str, str, float, float, int, str]) -> Experiment:
    return Experiment(*row[:5], archived=bool(row[5]), tags=json.loads(row[6]))


def _require_name(name: str) -> None:
    if not name.strip() or len(name) > LONGEST_NAME or "/" in name:
        raise bad_value(
            f"'{name}' is not a valid experiment name: 1 to {LONGEST_NAME} characters without '/' were expected."
        )
