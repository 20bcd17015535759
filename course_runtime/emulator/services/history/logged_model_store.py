"""MLflow's logged models: what a run made, before and whether or not it is registered."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history.runs import Metric
from course_runtime.emulator.store.clock import Clock
from course_runtime.emulator.store.database import Database

Body = dict[str, Any]

SCHEMA = """
CREATE TABLE IF NOT EXISTS logged_models (
    workspace TEXT NOT NULL, id TEXT NOT NULL, experiment_id TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
);
CREATE INDEX IF NOT EXISTS logged_models_by_experiment ON logged_models (workspace, experiment_id);
"""


@dataclass(frozen=True)
class LoggedModel:
    id: str
    experiment_id: str
    name: str
    created: float
    updated: float
    status: str = "LOGGED_MODEL_PENDING"
    status_message: str = ""
    run_id: str = ""
    folder: str = ""
    """Where its files lie among those of the run."""
    model_type: str = ""
    creator: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    params: dict[str, str] = field(default_factory=dict)
    metrics: list[Body] = field(default_factory=list)
    """The newest value for each name and data set, as MLflow writes metrics; its moment in milliseconds."""


class LoggedModelStore:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._db = database.connection
        self._db.executescript(SCHEMA)
        self._clock = clock

    def create(self, workspace_id: str, experiment_id: str, name: str, **more: Any) -> LoggedModel:
        now = self._clock.now()
        identifier = f"m-{uuid.uuid4().hex}"
        made = LoggedModel(identifier, experiment_id, name or identifier, now, now, **more)
        self._db.execute(
            "INSERT INTO logged_models VALUES (?, ?, ?, ?)",
            (workspace_id.lower(), made.id, experiment_id, json.dumps(asdict(made))),
        )
        return made

    def get(self, workspace_id: str, model_id: str) -> LoggedModel | None:
        row = self._db.execute(
            "SELECT body FROM logged_models WHERE workspace = ? AND id = ?", (workspace_id.lower(), model_id)
        ).fetchone()
        return LoggedModel(**json.loads(row[0])) if row else None

    def require(self, workspace_id: str, model_id: str) -> LoggedModel:
        found = self.get(workspace_id, model_id)
        if found is None:
            raise AzureError(404, "UserError", f"The logged model with the id '{model_id}' was not found.")
        return found

    def update(self, workspace_id: str, model: LoggedModel, **changes: Any) -> LoggedModel:
        changed = replace(model, updated=self._clock.now(), **changes)
        self._db.execute(
            "UPDATE logged_models SET body = ? WHERE workspace = ? AND id = ?",
            (json.dumps(asdict(changed)), workspace_id.lower(), model.id),
        )
        return changed

    def delete(self, workspace_id: str, model_id: str) -> None:
        self._db.execute(
            "DELETE FROM logged_models WHERE workspace = ? AND id = ?", (workspace_id.lower(), model_id)
        )

    def of_experiments(self, workspace_id: str, experiment_ids: Sequence[str]) -> list[LoggedModel]:
        marks = ",".join("?" * len(experiment_ids))
        rows = self._db.execute(
            f"SELECT body FROM logged_models WHERE workspace = ? AND experiment_id IN ({marks}) ORDER BY rowid",
            (workspace_id.lower(), *experiment_ids),
        )
        return [LoggedModel(**json.loads(row[0])) for row in rows]

    def log_metric(
        self, workspace_id: str, model_id: str, metric: Metric, given: Mapping[str, Any], run_id: str
    ) -> None:
        """A value that a run reported of one of its models; `given` names the data set it was measured on."""
        model = self.require(workspace_id, model_id)
        dataset = (given.get("dataset_name") or "", given.get("dataset_digest") or "")
        shown = {
            "key": metric.name,
            "value": given.get("value"),
            "timestamp": round(metric.timestamp * 1000),
            "step": metric.step,
            "dataset_name": dataset[0],
            "dataset_digest": dataset[1],
            "model_id": model_id,
            "run_id": run_id,
        }
        others = [
            one
            for one in model.metrics
            if (one["key"], one["dataset_name"], one["dataset_digest"]) != (metric.name, *dataset)
        ]
        self.update(workspace_id, model, metrics=[*others, shown])

    def drop_workspace(self, workspace_id: str) -> None:
        self._db.execute("DELETE FROM logged_models WHERE workspace = ?", (workspace_id.lower(),))
