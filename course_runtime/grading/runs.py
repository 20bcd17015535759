"""The runs of a workspace as a grader sees them: what was tracked with MLflow, and how jobs ended."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from course_runtime.emulator import Cloud
from course_runtime.grading.said import last_lines
from course_runtime.grading.storage import Storage

if TYPE_CHECKING:
    from course_runtime.grading.azure import Azure

OVER = ("Completed", "Failed", "Canceled", "NotResponding")
PATIENCE = 120.0  # seconds
SECONDS_BETWEEN_LOOKS = 0.1
LOG = "user_logs/std_log.txt"


@dataclass(frozen=True)
class Run:
    """`status` in MLflow's words: RUNNING, FINISHED, FAILED or KILLED. `metrics` holds the last value of each."""

    id: str
    name: str
    status: str
    params: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]

    @property
    def parent(self) -> str:
        """The parent run's id, empty for a run without one."""
        return self.tags.get("mlflow.parentRunId", "")


class Runs:
    """Reads as the cloud's master: nothing of it is in the log."""

    def __init__(self, azure: Azure, cloud: Cloud, workspace_id: str) -> None:
        workspace = azure.get(workspace_id)
        if workspace is None:
            raise RuntimeError(f"There is no workspace {workspace_id}.")
        self._azure = azure
        self._cloud = cloud
        self._workspace_id = workspace_id
        self._host = f"{workspace['location']}.api.azureml.ms"
        self._files: tuple[Storage, str] | None = None

    def of_experiment(self, name: str) -> list[Run]:
        """Every run of the experiment, oldest first; none where there is no such experiment."""
        found = self._ask("GET", f"experiments/get-by-name?experiment_name={name}")
        if found is None:
            return []
        wanted = {"experiment_ids": [found["experiment"]["experiment_id"]], "max_results": 1000}
        listed = (self._ask("POST", "runs/search", wanted) or {}).get("runs", [])
        return [_run(one) for one in sorted(listed, key=lambda one: int(one["info"]["start_time"]))]

    def get(self, run_id: str) -> Run | None:
        """A run by its id; a job's run has the job's name for one."""
        found = self._ask("GET", f"runs/get?run_id={run_id}")
        return _run(found["run"]) if found else None

    def history(self, run_id: str, metric: str) -> list[tuple[int, float]]:
        """Every value that a metric was given, each with its step, in the order of the steps."""
        found = self._ask("GET", f"metrics/get-history?run_id={run_id}&metric_key={metric}") or {}
        return sorted((int(one.get("step", 0)), float(one["value"])) for one in found.get("metrics", []))

    def artifacts(self, run_id: str) -> list[str]:
        """The paths of a run's files, logs among them."""
        storage, container = self._storage()
        prefix = f"{_folder(run_id)}/"
        return [name.removeprefix(prefix) for name in storage.names(container) if name.startswith(prefix)]

    def artifact(self, run_id: str, path: str) -> bytes | None:
        storage, container = self._storage()
        return storage.read(container, f"{_folder(run_id)}/{path}")

    def log(self, run_id: str, lines: int = 12, path: str = LOG) -> str:
        """The end of what a job's command wrote, or one of its processes."""
        text = (self.artifact(run_id, path) or b"").decode(errors="replace")
        return last_lines(text, lines)

    def ended(self, job: str, patience: float = PATIENCE) -> str:
        """Waits for a job's end; its status, which is not an end when the patience was not enough."""
        until = time.monotonic() + patience
        while True:
            found = self._azure.get(f"{self._workspace_id}/jobs/{job}")
            status = str(found["properties"]["status"]) if found else "not there"
            if status in OVER or found is None or time.monotonic() > until:
                return status
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _storage(self) -> tuple[Storage, str]:
        if self._files is None:
            store = self._azure.get(f"{self._workspace_id}/datastores/workspaceartifactstore") or {}
            kept = store["properties"]
            self._files = self._azure.storage(kept["accountName"]), kept["containerName"]
        return self._files

    def _ask(self, method: str, call: str, body: dict[str, Any] | None = None) -> dict[str, Any] | None:
        path = f"/mlflow/v1.0{self._workspace_id}/api/2.0/mlflow/{call}"
        answer = self._cloud.request(method, path, body, host=self._host)
        if answer.status == 404:
            return None
        if answer.status >= 400:
            raise RuntimeError(f"{method} {self._host}{path} was answered {answer.status}: {answer.body}")
        found: dict[str, Any] = answer.body
        return found


def _run(body: Mapping[str, Any]) -> Run:
    data = body["data"]
    return Run(
        id=body["info"]["run_id"],
        name=body["info"]["run_name"],
        status=body["info"]["status"],
        params={one["key"]: one["value"] for one in data.get("params", [])},
        metrics={one["key"]: float(one["value"]) for one in data.get("metrics", [])},
        tags={one["key"]: one["value"] for one in data.get("tags", [])},
    )


def _folder(run_id: str) -> str:
    return f"ExperimentRun/dcid.{run_id}"
