"""The environment variables of a job's process: Azure's, the user's, and the way into the cloud."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from course_runtime.emulator.engine.command.compute import compute_id
from course_runtime.emulator.engine.command.inputs import Inputs
from course_runtime.emulator.engine.command.outputs import Output
from course_runtime.emulator.engine.command.threads import thread_variables
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.environment import CloudAccess, environment
from course_runtime.emulator.kernel.path import parse

DOOR = "http://127.0.0.1:{door}"


def variables_of(job: RunningJob, inputs: Inputs, outputs: list[Output]) -> dict[str, str]:
    """The user's come before Azure's: the runtime sets its own whatever the user says."""
    given = {
        str(name): str(value) for name, value in (job.properties.get("environmentVariables") or {}).items()
    }
    paths = {f"AZURE_ML_INPUT_{name}": value for name, value in inputs.values.items()}
    paths |= {f"AZURE_ML_OUTPUT_{name}": value for name, value in ((one.name, one.value) for one in outputs)}
    return _of_the_kit(job) | _of_its_compute(job) | given | paths | _of_azure(job)


def _of_its_compute(job: RunningJob) -> dict[str, str]:
    target = compute_id(job.workspace_id, job.properties)
    return thread_variables(job.cloud.resources.get(target) if target else None)


def _of_the_kit(job: RunningJob) -> dict[str, str]:
    trust = str(job.engine.machine.trust)
    interpreter = str(Path(sys.executable).parent)
    return {
        **environment(CloudAccess("", ""), proxy=DOOR, bundle=trust),
        "PATH": os.pathsep.join([interpreter, os.environ.get("PATH", os.defpath)]),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "GIT_PYTHON_REFRESH": "quiet",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": "/tmp/matplotlib",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "TF_ENABLE_ONEDNN_OPTS": "0",
        "CUDA_VISIBLE_DEVICES": "-1",
    }


def _of_azure(job: RunningJob) -> dict[str, str]:
    workspace, run, path = job.workspace, job.run, parse(job.workspace_id)
    region = str(workspace.body["location"])
    api = f"https://{region}.api.azureml.ms"
    experiment_scope = f"{job.workspace_id}/experiments/{run.experiment}"
    nodes = str(int((job.properties.get("resources") or {}).get("instanceCount") or 1))
    return {
        "AZUREML_RUN_ID": job.name,
        "AZUREML_ROOT_RUN_ID": run.root,
        "AZUREML_ARM_SUBSCRIPTION": str(path.subscription),
        "AZUREML_ARM_RESOURCEGROUP": str(path.group),
        "AZUREML_ARM_WORKSPACE_NAME": workspace.name,
        "AZUREML_ARM_PROJECT_NAME": run.experiment,
        "AZUREML_EXPERIMENT_ID": run.experiment_id,
        "AZUREML_EXPERIMENT_SCOPE": experiment_scope,
        "AZUREML_WORKSPACE_ID": str(workspace.properties["workspaceId"]),
        "AZUREML_WORKSPACE_NAME": workspace.name,
        "AZUREML_WORKSPACE_SCOPE": job.workspace_id,
        "AZUREML_SERVICE_ENDPOINT": api,
        "AZUREML_RUN_HISTORY_SERVICE_ENDPOINT": api,
        "AZUREML_DISCOVERY_SERVICE_ENDPOINT": f"{api}/discovery",
        "AZUREML_NODE_COUNT": nodes,
        "MLFLOW_TRACKING_URI": str(workspace.properties["mlFlowTrackingUri"]),
        "MLFLOW_RUN_ID": job.name,
        "MLFLOW_EXPERIMENT_ID": run.experiment_id,
        "MLFLOW_EXPERIMENT_NAME": run.experiment,
    }
