"""Runs as jobs: what a script logs outside of any job is found by `ml_client.jobs` too."""

from __future__ import annotations

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.history.runs import Run
from course_runtime.emulator.services.workspaces.names import WORKSPACES
from course_runtime.emulator.store.resources import Stored

JOBS = f"{WORKSPACES}/jobs"


def add_entry(cloud: Cloud, workspace: Stored, run: Run, principal: Principal) -> None:
    """The job that stands for a run which no job began; nothing of it is ever executed."""
    path = parse(f"{workspace.id}/jobs/{run.id}")
    now = cloud.clock.timestamp()
    who = "Application" if principal.app_id else "User"
    output = f"azureml://datastores/workspaceartifactstore/ExperimentRun/dcid.{run.id}"
    body: Body = {
        "id": path.id,
        "name": run.id,
        "type": JOBS,
        "properties": {
            "jobType": "Command",
            "command": "",
            "environmentId": None,
            "computeId": None,
            "codeId": None,
            "description": run.description,
            "properties": {},
            "inputs": {},
            "outputs": {"default": {"jobOutputType": "uri_folder", "mode": "ReadWriteMount", "uri": output}},
            "services": _services(workspace, run),
            "parentJobName": run.parent,
        },
        "systemData": {"createdAt": now, "createdBy": principal.name, "createdByType": who}
        | {"lastModifiedAt": now, "lastModifiedBy": principal.name, "lastModifiedByType": who},
    }
    cloud.resources.put(path, _matching(Stored(body, {"logged": True}), run))


def is_executed(cloud: Cloud, workspace: Stored, run: Run) -> bool:
    """Whether a job runs it here: then only the job knows when it is over."""
    stored = cloud.resources.get(f"{workspace.id}/jobs/{run.id}")
    return stored is not None and not is_logged(stored)


def is_logged(job: Stored) -> bool:
    """Whether it only stands for what some script logs: nothing here may run it."""
    return bool(job.secrets.get("logged"))


def mirror(cloud: Cloud, workspace: Stored, run: Run) -> None:
    """Bring the job of that name, if there is one, in line with what run history was told."""
    stored = cloud.resources.get(f"{workspace.id}/jobs/{run.id}")
    if stored is not None:
        cloud.resources.put(parse(stored.id), _matching(stored, run))


def _matching(stored: Stored, run: Run) -> Stored:
    properties = stored.properties
    properties["experimentName"] = run.experiment
    properties["displayName"] = run.display_name
    properties["status"] = run.status
    properties["isArchived"] = run.hidden
    properties["tags"] = {name: value for name, value in run.tags.items() if not name.startswith("mlflow.")}
    properties["properties"] = (properties.get("properties") or {}) | run.properties
    if run.description is not None:
        properties["description"] = run.description
    return stored


def _services(workspace: Stored, run: Run) -> Body:
    parts = workspace.id.split("/")
    where = f"/subscriptions/{parts[2]}/resourcegroups/{parts[4]}/workspaces/{parts[-1]}"
    tracking = f"{workspace.properties['mlFlowTrackingUri']}?"
    studio = f"https://ml.azure.com/runs/{run.id}?wsid={where}&tid={workspace.properties['tenantId']}"
    return {
        "Tracking": {"jobServiceType": "Tracking", "port": None, "endpoint": tracking, "status": None},
        "Studio": {"jobServiceType": "Studio", "port": None, "endpoint": studio, "status": None},
    }
