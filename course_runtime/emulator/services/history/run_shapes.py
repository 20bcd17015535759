"""Runs and experiments as run history writes them."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.history.artifacts import run_place
from course_runtime.emulator.services.history.runs import Experiment, Run
from course_runtime.emulator.store.clock import iso
from course_runtime.emulator.store.resources import Stored

Body = dict[str, Any]

LOG_FOLDERS = ("user_logs/", "system_logs/", "azureml-logs/", "logs/azureml/")
MODEL_TYPES = {
    "mlflow_model": "MLFlowModel",
    "custom_model": "CustomModel",
    "triton_model": "TritonModel",
}
"""What run history calls the types of models that jobs put out."""
LARGEST_NUMBER = 2**31 - 1


def run_body(run: Run, workspace: Stored) -> Body:
    created_by = {"userName": run.created_by, "userObjectId": None, "userTenantId": None}
    known: Body = {
        "runId": run.id,
        "runNumber": min(run.number, LARGEST_NUMBER),
        "rootRunId": run.root,
        "parentRunId": run.parent,
        "experimentId": run.experiment_id,
        "experimentName": run.experiment,
        "status": run.status,
        "createdUtc": iso(run.created),
        "startTimeUtc": _moment(run.start),
        "endTimeUtc": _moment(run.end),
        "lastStartTimeUtc": _moment(run.start),
        "duration": _duration(run),
        "createdBy": created_by,
        "lastModifiedBy": created_by,
        "lastModifiedUtc": iso(run.end or run.start or run.created),
        "name": run.display_name,
        "displayName": run.display_name,
        "description": run.description,
        "dataContainerId": f"dcid.{run.id}",
        "hidden": run.hidden,
        "runType": run.run_type,
        "runTypeV2": {"orchestrator": None, "traits": [], "attribution": None, "computeType": None},
        "properties": run.properties,
        "tags": run.tags,
        "parameters": run.params,
        "target": run.target,
        "compute": {"target": run.target} if run.target else None,
        "error": error_body(run.error),
        "warnings": [],
        "inputs": run.inputs,
        "outputs": {name: _output(one) for name, one in run.outputs.items()},
        "inputDatasets": [],
        "outputDatasets": [],
        "services": _services(run, workspace),
    }
    return known | {name: value for name, value in run.definition.items() if known.get(name) is None}


def details_body(run: Run, workspace: Stored, cloud: Cloud) -> Body:
    """What `wait_for_completion` and `jobs.stream` poll."""
    return {
        "runId": run.id,
        "target": run.target,
        "status": run.status,
        "parentRunId": run.parent,
        "startTimeUtc": _moment(run.start),
        "endTimeUtc": _moment(run.end),
        "error": error_body(run.error),
        "warnings": [],
        "properties": run.properties,
        "parameters": run.params,
        "inputs": run.inputs,
        "outputs": run.outputs,
        "inputDatasets": [],
        "outputDatasets": [],
        "runDefinition": run.definition.get("runDefinition"),
        "logFiles": log_files(run, workspace, cloud),
        "services": _services(run, workspace),
        "submittedBy": run.created_by,
    }


def log_files(run: Run, workspace: Stored, cloud: Cloud) -> dict[str, str]:
    """The run's logs by name, each with an address that opens it for reading."""
    place = run_place(cloud, workspace, run.id)
    names = sorted({path for folder in LOG_FOLDERS for path, _ in _below(place, folder)})
    return {name: place.at(name).signed_url("r") for name in names} | run.log_files


def _below(place: Any, folder: str) -> list[tuple[str, Any]]:
    return [(f"{folder}{path}", blob) for path, blob in place.at(folder).files()]


def experiment_body(experiment: Experiment) -> Body:
    return {
        "experimentId": experiment.id,
        "name": experiment.name,
        "description": None,
        "createdUtc": iso(experiment.created),
        "archivedTime": iso(experiment.updated) if experiment.archived else None,
        "tags": experiment.tags,
        "latestCreatedRunCreatedUtc": None,
    }


def error_body(error: Body | None) -> Body | None:
    """As `ErrorResponse`: the error itself under `error`."""
    if not error:
        return None
    return error if isinstance(error.get("error"), dict) else {"error": error}


def _output(output: Body) -> Body:
    kind = str(output.get("type"))
    return output | {"type": MODEL_TYPES.get(kind, kind)}


def _services(run: Run, workspace: Stored) -> Body:
    parts = workspace.id.split("/")
    where = f"/subscriptions/{parts[2]}/resourcegroups/{parts[4]}/workspaces/{parts[-1]}"
    tenant = workspace.properties.get("tenantId")
    studio = f"https://ml.azure.com/runs/{run.id}?wsid={where}&tid={tenant}"
    tracking = f"{workspace.properties.get('mlFlowTrackingUri')}?"
    return {
        "Tracking": {"type": "Tracking", "port": None, "endpoint": tracking, "status": None},
        "Studio": {"type": "Studio", "port": None, "endpoint": studio, "status": None},
    }


def _moment(seconds: float | None) -> str | None:
    return None if seconds is None else iso(seconds)


def _duration(run: Run) -> str | None:
    """As .NET writes a time span."""
    if run.start is None or run.end is None:
        return None
    seconds = max(run.end - run.start, 0.0)
    days, rest = divmod(int(seconds), 86_400)
    hours, rest = divmod(rest, 3600)
    minutes, whole = divmod(rest, 60)
    fraction = f"{seconds % 1:.7f}"[1:]
    return f"{f'{days}.' if days else ''}{hours:02}:{minutes:02}:{whole:02}{fraction}"
