"""Steps that need not run again: the same component on the same inputs has the same outputs.

What a deterministic step did is remembered under a digest of all that goes into it. Data counts by its place and
its ETags: what was written anew is another input.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from course_runtime.emulator.engine import references
from course_runtime.emulator.engine.outcome import COMPLETED, Outcome
from course_runtime.emulator.engine.pipelines import control
from course_runtime.emulator.engine.running_job import STD_LOG, RunningJob
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history.runs import Metric
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.engine.kinds import Kind

DONE = "pipeline-step"
REUSED = "reused-job"
MATTERS = ("jobType", "command", "environmentId", "environmentVariables", "distribution", "resources")
TASK_DATA = ("trainingData", "validationData")
ITERATION = "azureml.emulator.iteration"
"""A property: which run of which loops' bodies a job is. No run of a body is taken for another of the same loop."""
TAKEN_OVER = (control.PROPERTY, "best_child_run_id", "score")
"""The properties with which a step tells a result."""


def digest(job: RunningJob, body: Mapping[str, Any]) -> str:
    """Of everything that a step's result follows from."""
    parts: dict[str, Any] = {name: body.get(name) for name in MATTERS}
    parts["code"] = _code(job, body.get("codeId"))
    task = dict(body.get("taskDetails") or {})
    data = {name: task.pop(name) for name in TASK_DATA if name in task}
    parts["task"] = task
    parts["inputs"] = {
        name: _content(job, given) for name, given in sorted({**(body.get("inputs") or {}), **data}.items())
    }
    parts["iteration"] = (body.get("properties") or {}).get(ITERATION)
    parts["outputs"] = {
        name: [given.get("jobOutputType"), given.get("mode"), given.get("uri")]
        for name, given in sorted((body.get("outputs") or {}).items())
    }
    text = json.dumps([job.workspace_id.lower(), parts], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def iteration_of(job: RunningJob) -> str:
    return str((job.properties.get("properties") or {}).get(ITERATION) or "")


def _code(job: RunningJob, code_id: Any) -> Any:
    stored = job.cloud.resources.get(str(code_id)) if code_id else None
    if stored is None:
        return code_id
    return (stored.properties.get("properties") or {}).get("hash_sha256") or stored.id


def _content(job: RunningJob, given: Mapping[str, Any]) -> Any:
    if not given.get("uri"):
        return str(given.get("value"))
    try:
        place = references.place(job.cloud, job.workspace_id, str(given["uri"]))
    except AzureError:
        return given["uri"]
    blob = place.blob()
    files = [("", blob.etag)] if blob else [(path, one.etag) for path, one in place.files()]
    return [place.container, place.prefix, files]


def remember(job: RunningJob, key: str, done: RunningJob) -> None:
    job.cloud.documents.put(DONE, key, {"job": done.id})


def earlier(job: RunningJob, key: str) -> Stored | None:
    """The job whose result still holds: completed, not archived, its outputs still there."""
    kept = job.cloud.documents.get(DONE, key)
    stored = job.cloud.resources.get(kept["job"]) if kept else None
    if stored is None or stored.properties["status"] != "Completed" or stored.properties.get("isArchived"):
        return None
    values = control.told(job.cloud.runs.require(job.workspace_id, stored.name))
    files = [one for name, one in _outputs(stored).items() if name not in values]
    return stored if all(_is_there(job, one) for one in files) else None


def _outputs(stored: Stored) -> dict[str, dict[str, Any]]:
    return {name: one for name, one in stored.properties["outputs"].items() if name != "default" and one}


def _is_there(job: RunningJob, output: Mapping[str, Any]) -> bool:
    try:
        place = references.place(job.cloud, job.workspace_id, str(output.get("uri")))
    except AzureError:
        return False
    return place.blob() is not None or next(iter(place.files()), None) is not None


def take_over(job: RunningJob, child_id: str, from_job: Stored) -> None:
    """Note, before the child is submitted, that it need not run."""
    job.cloud.documents.put(REUSED, child_id.lower(), {"job": from_job.id})


def reused(job: RunningJob) -> Outcome | None:
    """The outcome of a job whose result was there already; None for one that has to run."""
    note = job.cloud.documents.get(REUSED, job.id.lower())
    source = job.cloud.resources.get(note["job"]) if note else None
    if source is None:
        return None
    job.set_status("Running")
    job.log(f"Nothing has changed since the job '{source.name}': its result is reused.", STD_LOG)
    run = job.cloud.runs.require(job.workspace_id, source.name)
    job.update(outputs=_outputs(source))
    job.cloud.runs.update(job.workspace_id, job.name, outputs=run.outputs)
    history = job.cloud.runs.metrics(job.workspace_id, source.name)
    job.cloud.runs.log_metrics(
        job.workspace_id, job.name, [Metric(one.name, one.value, one.step, one.timestamp) for one in history]
    )
    told = {name: value for name, value in run.properties.items() if name.startswith(TAKEN_OVER)}
    job.set_properties(**told, **{"azureml.isreused": "true", "azureml.reusedrunid": source.name})
    return COMPLETED


class Reusable:
    """A kind of job that, as a step of a pipeline, may have been done already."""

    def __init__(self, kind: Kind) -> None:
        self._kind = kind

    def check(self, properties: Body, context: Context) -> None:
        self._kind.check(properties, context)

    async def run(self, job: RunningJob) -> Outcome:
        return reused(job) or await self._kind.run(job)
