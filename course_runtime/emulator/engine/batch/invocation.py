"""From a request to a batch endpoint to the pipeline job that does its work."""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.engine import parallel, references
from course_runtime.emulator.engine.batch import scoring
from course_runtime.emulator.engine.parallel.task import Task
from course_runtime.emulator.engine.pipelines.steps import with_defaults
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces.batch_deployments import is_pipeline
from course_runtime.emulator.services.workspaces.deployment_assets import model_id
from course_runtime.emulator.services.workspaces.durations import seconds
from course_runtime.emulator.store.resources import Stored

Body = dict[str, Any]
STEP = "batchscoring"
SCORE = "score"
KINDS = {
    "literal": "literal",
    "urifile": "uri_file",
    "urifolder": "uri_folder",
    "mltable": "mltable",
    "custommodel": "custom_model",
    "mlflowmodel": "mlflow_model",
}
MLFLOW_SCRIPT = Path(__file__).with_name("mlflow_batch.py")
IMAGE_FOR_MLFLOW = "mcr.microsoft.com/azureml/curated/minimal-py311-inference"


def job_of(cloud: Cloud, deployment: Stored, asked: Mapping[str, Any]) -> Body:
    """The properties of the job. `asked` are the request's; AzureError, in words, for what cannot be done."""
    inputs = {name: _input(name, given) for name, given in (asked.get("inputData") or {}).items()}
    outputs = {name: _output(given) for name, given in (asked.get("outputData") or {}).items()}
    endpoint = deployment.id.split("/")[-3]
    common = {
        "jobType": "Pipeline",
        "experimentName": (asked.get("properties") or {}).get("experimentName") or endpoint,
        "properties": {"azureml.endpoint": endpoint, "azureml.deployment": deployment.name},
    }
    build = _of_component if is_pipeline(deployment.properties) else _of_model
    return common | build(cloud, deployment, inputs, outputs, asked)


def _of_component(
    cloud: Cloud, deployment: Stored, inputs: Body, outputs: Body, asked: Mapping[str, Any]
) -> Body:
    """The component's own steps, as the job's."""
    configuration = deployment.properties["deploymentConfiguration"]
    component = configuration.get("componentId")
    component_id = component.get("assetId") if isinstance(component, dict) else component
    found = references.find_asset(cloud, _workspace(deployment), str(component_id), kinds=("components",))
    if found is None:
        raise user_error(f"'{component_id}' is no component of this workspace.")
    spec = found.properties["componentSpec"]
    unknown = sorted(set(inputs) - set(spec.get("inputs") or {}))
    if unknown:
        known = ", ".join(spec.get("inputs") or {}) or "none"
        raise user_error(
            f"The deployment '{deployment.name}' has no input '{unknown[0]}' (its inputs: {known})."
        )
    declared = {name: {"jobOutputType": one.get("type")} for name, one in (spec.get("outputs") or {}).items()}
    return {
        "jobs": spec.get("jobs") or {},
        "inputs": with_defaults(spec, inputs),
        "outputs": {name: one | outputs.get(name, {}) for name, one in declared.items()},
        "settings": configuration.get("settings") or {},
    }


def _of_model(
    cloud: Cloud, deployment: Stored, inputs: Body, outputs: Body, asked: Mapping[str, Any]
) -> Body:
    """One step, which runs the scoring script over mini-batches of the data."""
    if len(inputs) != 1:
        came = ", ".join(inputs) or "none"
        raise user_error(
            f"One input with data was expected by the deployment '{deployment.name}'; these came: {came}."
        )
    (name, data), *_ = inputs.items()
    if "uri" not in data:
        raise user_error(f"The input '{name}' must be data (a file or a folder); a literal value came.")
    properties = deployment.properties
    component = _component(cloud, deployment, asked, data["jobInputType"])
    step: Body = {
        "type": "command",
        "name": STEP,
        "componentId": component,
        "computeId": str(properties["compute"]),
        "resources": {"instance_count": properties["resources"].get("instanceCount") or 1},
        "environment_variables": properties["environmentVariables"],
        "inputs": {
            "data": {"value": "${{parent.inputs.data}}", "job_input_type": "literal"},
            "model": {"uri": str(model_id(properties)), "job_input_type": "custom_model"},
        },
        "outputs": {SCORE: {"value": f"${{{{parent.outputs.{SCORE}}}}}", "type": "literal"}},
    }
    if not model_id(properties):
        del step["inputs"]["model"]
    score: Body = next(iter(outputs.values()), {})
    return {
        "jobs": {STEP: step},
        "inputs": {"data": data},
        "outputs": {
            SCORE: {"jobOutputType": "uri_folder"} | {key: score[key] for key in ("uri",) if key in score}
        },
        "settings": {},
    }


def _component(cloud: Cloud, deployment: Stored, asked: Mapping[str, Any], data_type: str) -> str:
    """An anonymous one, registered once for each way that the deployment is asked to work."""
    properties = deployment.properties
    code = properties.get("codeConfiguration") or {}
    spec: Body = {
        "type": "command",
        "command": _command(deployment, asked, code.get("scoringScript") or str(MLFLOW_SCRIPT)),
        "environment": properties.get("environmentId") or _environment_of_the_model(cloud, deployment),
        "code": code.get("codeId"),
        "inputs": {"data": {"type": data_type}},
        "outputs": {SCORE: {"type": "uri_folder"}},
        "is_deterministic": False,
    }
    if model_id(properties):
        spec["inputs"]["model"] = {"type": "custom_model"}
    return _written(cloud, deployment, "components/azureml_anonymous", {"componentSpec": spec}, spec)


def _command(deployment: Stored, asked: Mapping[str, Any], script: str) -> str:
    properties = deployment.properties
    retry = properties["retrySettings"] | (asked.get("retrySettings") or {})
    file = str(asked.get("outputFileName") or properties["outputFileName"])
    task = Task(
        script=shlex.quote(script),
        inputs=("${{inputs.data}}",),
        size=str(asked.get("miniBatchSize") or properties["miniBatchSize"]),
        workers=int(properties["maxConcurrencyPerInstance"]),
        retries=int(retry["maxRetries"]),
        seconds=seconds(retry["timeout"], "retrySettings.timeout"),
        error_threshold=int(asked.get("errorThreshold", properties["errorThreshold"])),
        output=""
        if properties["outputAction"] == "SummaryOnly"
        else f"${{{{outputs.{SCORE}}}}}/{shlex.quote(file)}",
    )
    own = [f"python -m {scoring.__name__}", "--folder", f"${{{{outputs.{SCORE}}}}}"]
    if model_id(properties):
        name, version = str(model_id(properties)).split("/")[-3::2]
        own += ["--model", "${{inputs.model}}", "--model-name", shlex.quote(f"{name}/{version}")]
    return " ".join([*own, "--work", task.command().removeprefix(f"python -m {parallel.__name__}.driver ")])


def _environment_of_the_model(cloud: Cloud, deployment: Stored) -> str:
    """What an MLflow model says that it needs."""
    there = references.place(
        cloud, _workspace(deployment), str(model_id(deployment.properties)), kinds=("models",)
    )
    conda = there.at("conda.yaml").read()
    properties = {
        "image": IMAGE_FOR_MLFLOW,
        "condaFile": conda.decode() if conda else "dependencies: []",
        "isAnonymous": True,
    }
    return _written(cloud, deployment, "environments/CliV2AnonymousEnvironment", properties, properties)


def _written(cloud: Cloud, deployment: Stored, assets: str, properties: Body, content: Body) -> str:
    digest = hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]
    asset_id = f"{_workspace(deployment)}/{assets}/versions/{digest}"
    if cloud.resources.get(asset_id) is None:
        cloud.write(asset_id, {"properties": properties | {"isAnonymous": True}})
    return asset_id


def _input(name: str, given: Mapping[str, Any]) -> Body:
    kind = KINDS.get(str(given.get("jobInputType")).lower().replace("_", ""))
    if kind is None:
        known = ", ".join(KINDS)
        raise user_error(
            f"The input '{name}' has the type '{given.get('jobInputType')}': one of {known} was expected."
        )
    if kind == "literal":
        return {"jobInputType": kind, "value": str(given.get("value"))}
    if not given.get("uri"):
        raise user_error(f"The input '{name}' says no 'uri': where is the data?")
    return {"jobInputType": kind, "uri": str(given["uri"])}


def _output(given: Mapping[str, Any]) -> Body:
    kind = KINDS.get(str(given.get("jobOutputType")).lower().replace("_", ""), "uri_folder")
    return {"jobOutputType": kind} | ({"uri": str(given["uri"])} if given.get("uri") else {})


def _workspace(deployment: Stored) -> str:
    return deployment.id.partition("/batchEndpoints/")[0]
