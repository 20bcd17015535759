"""All runs of a cloud: what jobs, MLflow and both SDKs read and write. State and rules, no HTTP."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from course_runtime.emulator.services.history.errors import (
    bad_value,
    experiment_archived,
    param_changed,
    run_exists,
    run_not_found,
)
from course_runtime.emulator.services.history.experiment_store import ExperimentStore
from course_runtime.emulator.services.history.logged_model_store import LoggedModelStore
from course_runtime.emulator.services.history.metric_store import MetricStore
from course_runtime.emulator.services.history.runs import (
    OVER,
    STATUSES,
    UNDER_WAY,
    Body,
    Experiment,
    Metric,
    MetricReport,
    Run,
)
from course_runtime.emulator.store.clock import Clock
from course_runtime.emulator.store.database import Database

SCHEMA = """
CREATE TABLE IF NOT EXISTS runs (
    number INTEGER PRIMARY KEY AUTOINCREMENT, workspace TEXT NOT NULL, id TEXT NOT NULL,
    experiment_id TEXT NOT NULL, parent TEXT, root TEXT NOT NULL, status TEXT NOT NULL, run_type TEXT NOT NULL,
    display_name TEXT NOT NULL, created REAL NOT NULL, start REAL, "end" REAL, hidden INTEGER NOT NULL,
    created_by TEXT NOT NULL, target TEXT, more TEXT NOT NULL DEFAULT '{}', UNIQUE (workspace, id)
);
CREATE INDEX IF NOT EXISTS runs_by_experiment ON runs (workspace, experiment_id, number);
CREATE INDEX IF NOT EXISTS runs_by_parent ON runs (workspace, parent, number);
CREATE TABLE IF NOT EXISTS run_values (
    run INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (run, kind, name)
) WITHOUT ROWID;
"""
COLUMNS = (
    "runs.number, runs.id, experiments.name, runs.experiment_id, parent, root, status, run_type, display_name, "
    'runs.created, start, "end", hidden, created_by, target, more'
)
PLAIN = ("status", "run_type", "display_name", "start", "end", "hidden", "target")
MORE = (
    "inputs",
    "outputs",
    "datasets",
    "models",
    "error",
    "description",
    "definition",
    "log_files",
)
MERGED = {"tags": "tag", "properties": "property"}
TAG, PROPERTY, PARAM = "tag", "property", "param"

Subscriber = Callable[[MetricReport], None]
# Named here: inside the class, `list` is the method.
Runs = list[Run]
Metrics = list[Metric]
Experiments = list[Experiment]


class RunStore:
    """A workspace is named by its ARM id, in any casing."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._db = database.connection
        self._db.executescript(SCHEMA)
        self._clock = clock
        self._subscribers: list[Subscriber] = []
        self.experiment_store = ExperimentStore(database, clock)
        self.metric_store = MetricStore(database)
        self.logged_models = LoggedModelStore(database, clock)

    # Runs -----------------------------------------------------------------------------------------

    def create(
        self,
        workspace_id: str,
        run_id: str,
        *,
        experiment: str,
        parent: str | None = None,
        run_type: str = "command",
        display_name: str | None = None,
        tags: Mapping[str, str] | None = None,
        properties: Mapping[str, str] | None = None,
        status: str = "NotStarted",
        start: float | None = None,
        created_by: str = "",
        target: str | None = None,
        **more: Any,
    ) -> Run:
        """A new run; its experiment is made when it is not there. `more`: inputs, outputs, log_files, ..."""
        workspace = workspace_id.lower()
        _require_known(status, more)
        with self._database.transaction():
            inside = self.experiment_store.ensure(workspace, experiment)
            if inside.archived:
                raise experiment_archived(experiment)
            root = self.require(workspace, parent).root if parent else run_id
            started = self._clock.now() if start is None and status in UNDER_WAY else start
            values = (workspace, run_id, inside.id, parent, root, status, run_type, display_name or run_id)
            try:
                number = self._db.execute(
                    "INSERT INTO runs (workspace, id, experiment_id, parent, root, status, run_type, display_name, "
                    'created, start, "end", hidden, created_by, target, more) '
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, 0, ?, ?, ?)",
                    (*values, self._clock.now(), started, created_by, target, json.dumps(more)),
                ).lastrowid
            except sqlite3.IntegrityError:
                raise run_exists(run_id) from None
            assert number is not None
            self._set(number, TAG, tags or {})
            self._set(number, PROPERTY, properties or {})
        return self.require(workspace, run_id)

    def get(self, workspace_id: str, run_id: str) -> Run | None:
        found = self._select(workspace_id, "runs.id = ?", [run_id])
        return found[0] if found else None

    def require(self, workspace_id: str, run_id: str) -> Run:
        found = self.get(workspace_id, run_id)
        if found is None:
            raise run_not_found(run_id)
        return found

    def update(self, workspace_id: str, run_id: str, **changes: Any) -> Run:
        """Tags and properties are merged, anything else is replaced; the status brings start and end with it."""
        run = self.require(workspace_id, run_id)
        unknown = changes.keys() - {*PLAIN, *MORE, *MERGED, "experiment"}
        if unknown:
            raise TypeError(f"A run has no {', '.join(sorted(unknown))}.")
        changes = _moments(run, changes, self._clock.now()) | changes
        _require_known(str(changes.get("status", run.status)), {})
        with self._database.transaction():
            if "experiment" in changes:
                moved = self.experiment_store.ensure(workspace_id, changes["experiment"])
                self._db.execute("UPDATE runs SET experiment_id = ? WHERE number = ?", (moved.id, run.number))
            for column in PLAIN:
                if column in changes:
                    self._db.execute(
                        f'UPDATE runs SET "{column}" = ? WHERE number = ?', (changes[column], run.number)
                    )
            more = {name: changes.get(name, getattr(run, name)) for name in MORE}
            self._db.execute("UPDATE runs SET more = ? WHERE number = ?", (json.dumps(more), run.number))
            for name, kind in MERGED.items():
                self._set(run.number, kind, changes.get(name) or {})
        return self.require(workspace_id, run_id)

    def delete(self, workspace_id: str, run_id: str) -> bool:
        """For good, with its metrics; `update(hidden=True)` is what archives."""
        run = self.get(workspace_id, run_id)
        if run:
            self._drop([run.number])
        return run is not None

    def children(self, workspace_id: str, run_id: str) -> Runs:
        """The runs directly below, in the order they were made."""
        return self._select(workspace_id, "parent = ?", [run_id])

    def list(
        self,
        workspace_id: str,
        *,
        experiment_ids: Sequence[str] | None = None,
        parent: str | None = None,
        root: str | None = None,
        hidden: bool | None = False,
        run_types: Sequence[str] | None = None,
        statuses: Sequence[str] | None = None,
        before: int | None = None,
        limit: int = -1,
    ) -> Runs:
        """Newest first; `before` is the number of the last run already seen, `hidden=None` means both kinds."""
        tests: list[str] = []
        values: list[object] = []

        def among(column: str, wanted: Sequence[object] | None) -> None:
            if wanted is not None:
                tests.append(f"{column} IN ({','.join('?' * len(wanted))})")
                values.extend(wanted)

        among("runs.experiment_id", experiment_ids)
        among("parent", None if parent is None else [parent])
        among("root", None if root is None else [root])
        among("hidden", None if hidden is None else [int(hidden)])
        among("run_type", run_types)
        among("status", statuses)
        if before is not None:
            tests.append("runs.number < ?")
            values.append(before)
        return self._select(workspace_id, " AND ".join(tests) or "1", values, "DESC", limit)

    def drop_workspace(self, workspace_id: str) -> None:
        rows = self._db.execute("SELECT number FROM runs WHERE workspace = ?", (workspace_id.lower(),))
        self._drop([row[0] for row in rows.fetchall()])
        self.experiment_store.drop_workspace(workspace_id)
        self.logged_models.drop_workspace(workspace_id)

    # Tags and parameters --------------------------------------------------------------------------

    def set_tag(self, workspace_id: str, run_id: str, name: str, value: str) -> None:
        self._set(self.number(workspace_id, run_id), TAG, {name: value})

    def delete_tag(self, workspace_id: str, run_id: str, name: str) -> bool:
        number = self.number(workspace_id, run_id)
        gone = self._db.execute(
            "DELETE FROM run_values WHERE run = ? AND kind = ? AND name = ?", (number, TAG, name)
        )
        return gone.rowcount > 0

    def log_param(self, workspace_id: str, run_id: str, name: str, value: str) -> None:
        self.log_params(workspace_id, run_id, {name: value})

    def log_params(self, workspace_id: str, run_id: str, params: Mapping[str, str]) -> None:
        """All of them or none: a parameter that was logged keeps its value."""
        run = self.require(workspace_id, run_id)
        for name, value in params.items():
            old = run.params.get(name, value)
            if old != value:
                raise param_changed(name, old, value, run_id)
        self._set(run.number, PARAM, params)

    # Metrics --------------------------------------------------------------------------------------

    def log_metric(
        self,
        workspace_id: str,
        run_id: str,
        name: str,
        value: float,
        step: int = 0,
        timestamp: float | None = None,
    ) -> None:
        moment = self._clock.now() if timestamp is None else timestamp
        self.log_metrics(workspace_id, run_id, [Metric(name, float(value), step, moment)])

    def log_metrics(self, workspace_id: str, run_id: str, metrics: Sequence[Metric]) -> None:
        self.metric_store.add(self.number(workspace_id, run_id), metrics)
        for metric in metrics:
            for subscriber in tuple(self._subscribers):
                subscriber(MetricReport(workspace_id.lower(), run_id, metric))

    def metrics(self, workspace_id: str, run_id: str, name: str | None = None) -> Metrics:
        """Every value in the order it was logged."""
        history = self.metric_store.history(self.number(workspace_id, run_id), name)
        return [metric for _, metric in history]

    def latest_metrics(self, workspace_id: str, run_id: str) -> dict[str, Metric]:
        number = self.number(workspace_id, run_id)
        return self.metric_store.latest([number])[number]

    def subscribe(self, callback: Subscriber) -> Callable[[], None]:
        """Called for each metric once it is kept; what comes back ends it."""
        self._subscribers.append(callback)
        return lambda: self._subscribers.remove(callback)

    # Experiments ----------------------------------------------------------------------------------

    def experiments(self, workspace_id: str) -> Experiments:
        return self.experiment_store.all(workspace_id)

    # Rows -----------------------------------------------------------------------------------------

    def number(self, workspace_id: str, run_id: str) -> int:
        row = self._db.execute(
            "SELECT number FROM runs WHERE workspace = ? AND id = ?", (workspace_id.lower(), run_id)
        ).fetchone()
        if row is None:
            raise run_not_found(run_id)
        return int(row[0])

    def _set(self, number: int, kind: str, values: Mapping[str, str]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO run_values VALUES (?, ?, ?, ?)",
            [(number, kind, name, str(value)) for name, value in values.items()],
        )

    def _select(
        self, workspace_id: str, where: str, values: Sequence[object], order: str = "ASC", limit: int = -1
    ) -> Runs:
        workspace = workspace_id.lower()
        rows = self._db.execute(
            f"SELECT {COLUMNS} FROM runs JOIN experiments ON experiments.workspace = runs.workspace AND "
            f"experiments.id = runs.experiment_id WHERE runs.workspace = ? AND {where} "
            f"ORDER BY runs.number {order} LIMIT ?",
            [workspace, *values, limit],
        )
        runs = [_run(workspace, row) for row in rows.fetchall()]
        self._fill_in(runs)
        return runs

    def _fill_in(self, runs: Sequence[Run]) -> None:
        """Tags, properties and parameters: one question for many runs."""
        by_number = {run.number: run for run in runs}
        numbers = list(by_number)
        for first in range(0, len(numbers), 500):
            some = numbers[first : first + 500]
            rows = self._db.execute(
                f"SELECT run, kind, name, value FROM run_values WHERE run IN ({','.join('?' * len(some))})",
                some,
            )
            for number, kind, name, value in rows:
                run = by_number[number]
                {TAG: run.tags, PROPERTY: run.properties, PARAM: run.params}[kind][name] = value

    def _drop(self, numbers: Iterable[int]) -> None:
        doomed = [(number,) for number in numbers]
        with self._database.transaction():
            self.metric_store.drop(number for (number,) in doomed)
            self._db.executemany("DELETE FROM run_values WHERE run = ?", doomed)
            self._db.executemany("DELETE FROM runs WHERE number = ?", doomed)


def _run(workspace: str, row: tuple[Any, ...]) -> Run:
    number, run_id, experiment, experiment_id, parent, root, status, run_type, display_name, *rest = row
    created, start, end, hidden, created_by, target, more = rest
    return Run(
        workspace=workspace,
        id=run_id,
        number=number,
        experiment=experiment,
        experiment_id=experiment_id,
        parent=parent,
        root=root,
        status=status,
        run_type=run_type,
        display_name=display_name,
        created=created,
        start=start,
        end=end,
        hidden=bool(hidden),
        created_by=created_by,
        target=target,
        **json.loads(more),
    )


def _moments(run: Run, changes: Body, now: float) -> Body:
    """When the run began and ended, where a change of its status tells."""
    status = changes.get("status", run.status)
    found: Body = {}
    if status in UNDER_WAY and run.start is None:
        found["start"] = now
    if status in OVER and (run.end is None or not run.is_over):
        found["end"] = now
    if status not in OVER and run.is_over:
        found["end"] = None
    return found


def _require_known(status: str, more: Body) -> None:
    if status not in STATUSES:
        raise bad_value(f"'{status}' is not a run's status: one of {', '.join(STATUSES)} was expected.")
    unknown = more.keys() - set(MORE)
    if unknown:
        raise TypeError(f"A run has no {', '.join(sorted(unknown))}.")
