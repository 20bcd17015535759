"""From a node of a pipeline and its component to the job that runs the step."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.engine.parallel.task import Task, batch_size
from course_runtime.emulator.kernel.errors import user_error

Body = dict[str, Any]
LITERALS = ("number", "integer", "boolean", "string", "literal")
DISTRIBUTIONS = {"mpi": "Mpi", "pytorch": "PyTorch", "tensorflow": "TensorFlow", "ray": "Ray"}


def command_job(spec: Body, node: Mapping[str, Any], inputs: Body, outputs: Body, compute: str) -> Body:
    """A command job's properties. `inputs` and `outputs` are already in the REST API's form."""
    merged = {**spec, **{key: value for key, value in node.items() if value is not None}}
    resources = merged.get("resources") or {}
    return {
        "jobType": "Command",
        "command": str(spec.get("command") or ""),
        "codeId": reference(spec.get("code")),
        "environmentId": reference(node.get("environment") or spec.get("environment")),
        "computeId": compute,
        "environmentVariables": dict(merged.get("environment_variables") or {}),
        "resources": {"instanceCount": int(resources.get("instance_count") or 1)},
        "distribution": distribution(merged.get("distribution")),
        "limits": _limits(merged.get("limits")),
        "inputs": with_defaults(spec, inputs),
        "outputs": outputs,
    }


def parallel_job(spec: Body, node: Mapping[str, Any], inputs: Body, outputs: Body, compute: str) -> Body:
    """A parallel step is a command job too: its command runs the entry script over mini-batches."""
    merged = {**spec, **{key: value for key, value in node.items() if value is not None}}
    work = {**(spec.get("task") or {}), **(node.get("task") or {})}
    if not work.get("entry_script"):
        raise user_error("The parallel step has no entry_script: the file with init() and run(mini_batch).")
    over = str(merged.get("input_data") or "").strip()
    name = over.removeprefix("${{").removesuffix("}}").strip().removeprefix("inputs.")
    if name not in inputs:
        raise user_error(
            f"The parallel step's input_data is '{over}', but its inputs are {', '.join(inputs) or 'none'}."
        )
    task = _task(merged, work, name, inputs[name])
    body = command_job({**spec, "command": task.command()}, node, inputs, outputs, compute)
    return body | {
        "codeId": reference(work.get("code") or spec.get("code")),
        "environmentId": reference(work.get("environment") or spec.get("environment")),
    }


def _task(merged: Body, work: Body, name: str, given: Mapping[str, Any]) -> Task:
    retry = merged.get("retry_settings") or {}
    size = str(merged.get("mini_batch_size") or "10")
    try:
        batch_size(size)
    except ValueError as problem:
        raise user_error(str(problem)) from None
    return Task(
        script=str(work["entry_script"]),
        inputs=(f"${{{{inputs.{name}}}}}",),
        is_table=str(given.get("jobInputType")) == "mltable",
        size=shlex.quote(size),
        workers=int(merged.get("max_concurrency_per_instance") or 1),
        retries=int(retry.get("max_retries") or 0),
        seconds=float(retry.get("timeout") or 60),
        error_threshold=_threshold(merged, "error_threshold"),
        batch_error_threshold=_threshold(merged, "mini_batch_error_threshold"),
        output=str(work.get("append_row_to") or ""),
        arguments=(str(work["program_arguments"]),) if work.get("program_arguments") else (),
    )


def _threshold(merged: Body, name: str) -> int:
    value = merged.get(name)
    return -1 if value is None else int(value)


def sweep_job(spec: Body, node: Mapping[str, Any], inputs: Body, outputs: Body, compute: str) -> Body:
    """`spec` is the trial's component."""
    trial = command_job(spec, {}, inputs, outputs, compute)
    algorithm = node.get("sampling_algorithm") or "random"
    settings = {"type": algorithm} if isinstance(algorithm, str) else dict(algorithm)
    return {
        "jobType": "Sweep",
        "computeId": compute,
        "inputs": trial.pop("inputs"),
        "outputs": trial.pop("outputs"),
        "trial": trial,
        "samplingAlgorithm": {
            "samplingAlgorithmType": str(settings.get("type", "random")).capitalize(),
            **{key: settings[key] for key in ("seed", "rule", "logbase") if settings.get(key) is not None},
        },
        "objective": _objective(node.get("objective") or {}),
        "searchSpace": {
            name: _distribution(given) for name, given in (node.get("search_space") or {}).items()
        },
        "earlyTermination": _policy(node.get("early_termination")),
        "limits": _sweep_limits(node.get("limits") or {}),
    }


def _objective(objective: Mapping[str, Any]) -> Body:
    return {
        "goal": str(objective.get("goal", "")).capitalize(),
        "primaryMetric": objective.get("primary_metric"),
    }


def _distribution(given: Mapping[str, Any]) -> list[Any]:
    """{"type": "uniform", "min_value": 0, "max_value": 1} -> ["uniform", [0, 1]]"""
    order = ("values", "min_value", "max_value", "mu", "sigma", "upper", "q")
    return [given.get("type"), [given[key] for key in order if given.get(key) is not None]]


def _policy(policy: Mapping[str, Any] | None) -> Body | None:
    if not policy:
        return None
    kinds = {
        "bandit": "Bandit",
        "median_stopping": "MedianStopping",
        "truncation_selection": "TruncationSelection",
    }
    named = {camel(key): value for key, value in policy.items() if key != "type" and value is not None}
    return {"policyType": kinds.get(str(policy.get("type")), policy.get("type")), **named}


def _sweep_limits(limits: Mapping[str, Any]) -> Body:
    found = {camel(key): value for key, value in limits.items() if value is not None}
    for name in ("timeout", "trialTimeout"):
        if isinstance(found.get(name), (int, float)):
            found[name] = f"PT{int(found[name])}S"
    return {"jobLimitsType": "Sweep", **found}


def _limits(limits: Any) -> Body | None:
    if not isinstance(limits, Mapping) or not limits.get("timeout"):
        return None
    timeout = limits["timeout"]
    return {
        "jobLimitsType": "Command",
        "timeout": timeout if isinstance(timeout, str) else f"PT{int(timeout)}S",
    }


def distribution(given: Any) -> Body | None:
    if not isinstance(given, Mapping):
        return None
    kind = str(given.get("type", given.get("distribution_type", ""))).lower()
    if kind not in DISTRIBUTIONS:
        raise user_error(f"'{kind}' is not a distribution: {', '.join(DISTRIBUTIONS)} were expected.")
    others = {camel(key): value for key, value in given.items() if key not in ("type", "distribution_type")}
    return {"distributionType": DISTRIBUTIONS[kind], **others}


def with_defaults(spec: Mapping[str, Any], inputs: Body) -> Body:
    """The component's own defaults where the step gives nothing; refuses what is missing and not optional."""
    found = dict(inputs)
    for name, declared in (spec.get("inputs") or {}).items():
        if name in found or not isinstance(declared, Mapping):
            continue
        if declared.get("default") is not None:
            found[name] = {"jobInputType": "literal", "value": str(declared["default"])}
        elif not _is_true(declared.get("optional")):
            raise user_error(
                f"The component '{spec.get('name')}' needs the input '{name}'; the step gives none."
            )
    return found


def _is_true(value: Any) -> bool:
    return str(value).lower() == "true"


def reference(given: Any) -> str | None:
    """'azureml:/subscriptions/…' is an ARM id with a prefix; 'azureml:name:version' stays."""
    if not isinstance(given, str):
        return None
    return given.removeprefix("azureml:") if given.startswith("azureml:/subscriptions/") else given


def camel(snake: str) -> str:
    head, *tail = snake.split("_")
    return head + "".join(part.capitalize() for part in tail)
