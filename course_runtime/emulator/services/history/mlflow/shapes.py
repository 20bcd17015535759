"""Runs, experiments, metrics and tags as MLflow writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.services.history.calls import Call
from course_runtime.emulator.services.history.mlflow.errors import invalid
from course_runtime.emulator.services.history.moments import number_out
from course_runtime.emulator.services.history.runs import (
    NOT_BEGUN,
    Experiment,
    Metric,
    Run,
)

Body = dict[str, Any]

TO_AZURE = {
    "RUNNING": "Running",
    "SCHEDULED": "Queued",
    "FINISHED": "Completed",
    "FAILED": "Failed",
    "KILLED": "Canceled",
}
OVER = {"Completed": "FINISHED", "Failed": "FAILED", "NotResponding": "FAILED", "Canceled": "KILLED"}


def status(run: Run) -> str:
    if run.status in NOT_BEGUN:
        return "SCHEDULED"
    return OVER.get(run.status, "RUNNING")


def run_body(call: Call, run: Run, metrics: Mapping[str, Metric]) -> Body:
    return {
        "info": info(call, run),
        "data": {
            "metrics": [metric_body(one) for one in metrics.values()],
            "params": pairs(run.params),
            "tags": pairs(tags(run)),
        },
        "inputs": {"dataset_inputs": run.datasets, "model_inputs": run.inputs.get("mlflow_models", [])},
        "outputs": {"model_outputs": run.models},
    }


def info(call: Call, run: Run) -> Body:
    start = run.created if run.start is None else run.start
    return {
        "run_id": run.id,
        "run_uuid": run.id,
        "run_name": run.display_name,
        "experiment_id": run.experiment_id,
        "user_id": run.created_by,
        "status": status(run),
        "start_time": milliseconds(start),
        **({} if run.end is None else {"end_time": milliseconds(run.end)}),
        "artifact_uri": artifact_uri(call, run.experiment_id, run.id),
        "lifecycle_stage": "deleted" if run.hidden else "active",
    }


def tags(run: Run) -> dict[str, str]:
    """The run's own, and those that MLflow's clients read what they need from."""
    known = {"mlflow.runName": run.display_name, "mlflow.user": run.created_by, "mlflow.rootRunId": run.root}
    if run.parent:
        known["mlflow.parentRunId"] = run.parent
    if run.description:
        known["mlflow.note.content"] = run.description
    return run.tags | known


def experiment_body(call: Call, experiment: Experiment) -> Body:
    return {
        "experiment_id": experiment.id,
        "name": experiment.name,
        "artifact_location": f"mlflow-artifacts:/{experiment.id}" if is_plain(call) else "",
        "lifecycle_stage": "deleted" if experiment.archived else "active",
        "creation_time": milliseconds(experiment.created),
        "last_update_time": milliseconds(experiment.updated),
        "tags": pairs(experiment.tags),
    }


def is_plain(call: Call) -> bool:
    """Whether MLflow came by itself: azureml-mlflow asks for v2.0, whatever its tracking URI says."""
    return "/mlflow/v1.0/" in call.request.url.path


def artifact_uri(call: Call, experiment_id: str, run_id: str) -> str:
    """Where that client reads and writes the run's files: plain MLflow through this service, the other in storage."""
    if is_plain(call):
        return f"mlflow-artifacts:/{experiment_id}/{run_id}/artifacts"
    host = call.request.scope["host"]
    return f"azureml://{host}/mlflow/v2.0{call.id}/experiments/{experiment_id}/runs/{run_id}/artifacts"


def metric_body(metric: Metric) -> Body:
    return {
        "key": metric.name,
        "value": number_out(metric.value),
        "timestamp": milliseconds(metric.timestamp),
        "step": metric.step,
    }


def pairs(values: Mapping[str, str]) -> list[Body]:
    return [{"key": key, "value": value} for key, value in values.items()]


def milliseconds(seconds: float) -> int:
    return round(seconds * 1000)


def number_in(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise invalid(f"'{name}' must be a number; {value!r} came.")
    try:
        return float(value)
    except ValueError:
        raise invalid(f"'{name}' must be a number; '{value}' came.") from None


def whole_in(value: Any, name: str, default: int = 0) -> int:
    if value is None or value == "":
        return default
    try:
        found = int(value)
    except (TypeError, ValueError):
        raise invalid(f"'{name}' must be a whole number; {value!r} came.") from None
    if abs(found) >= 2**63:
        raise invalid(f"'{name}' must fit 64 bits; {found} came.")
    return found
