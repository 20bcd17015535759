"""Begins the jobs of a pipeline's nodes, and reads what they produced."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from course_runtime.emulator.engine.pipelines import (
    automl_step,
    control,
    expression,
    reuse,
    sources,
    steps,
    wiring,
)
from course_runtime.emulator.engine.pipelines.components import component_of
from course_runtime.emulator.engine.pipelines.graph import AUTOML, Node
from course_runtime.emulator.engine.pipelines.sources import Source
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import user_error

LOG = "logs/azureml/executionlogs.txt"
JOBS = {
    "command": steps.command_job,
    "parallel": steps.parallel_job,
    "sweep": steps.sweep_job,
    AUTOML: automl_step.automl_job,
}
STEPS = (*JOBS, "pipeline")
REUSED = ("command", "parallel", AUTOML)


@dataclass(frozen=True)
class Iteration:
    """One run of a loop's body."""

    loop: str
    key: str
    """Its number, counted from 1, or its item's name."""
    inputs: Mapping[str, Source]
    """What it is given in place of the body's own inputs."""


@dataclass(frozen=True)
class Produced:
    """What a node's end made available, by output."""

    outputs: Mapping[str, Body] = field(default_factory=dict)
    """As the job's resource shows them; a control output has its `value`, None where the step gave none."""
    shown: Mapping[str, Body] = field(default_factory=dict)
    """As run history shows them."""


class Submission:
    def __init__(self, job: RunningJob) -> None:
        self.job = job
        self.settings: Body = job.properties.get("settings") or {}
        self.outputs: dict[str, Mapping[str, Body]] = {}
        """Of each node that is done."""
        self._digests: dict[str, str] = {}

    @property
    def goes_on(self) -> bool:
        """After a step has failed, with those that do not need it."""
        return bool(self.settings.get("continue_on_step_failure"))

    def value_of(self, node: Node, name: str) -> Body | None:
        """One of the node's inputs, as a job input."""
        return wiring.value_of(node, name, node.inputs[name], self._given, self.outputs)

    def submit(self, node: Node, iteration: Iteration | None = None) -> RunningJob:
        name = self._name(node, iteration)
        spec = specification(self.job, node)
        given = {**node.inputs, **(iteration.inputs if iteration else {})}
        inputs = wiring.inputs_of(node, given, spec, self._given, self.outputs)
        datastore = self.settings.get("default_datastore")
        outputs = wiring.outputs_of(node, spec, self.job.properties.get("outputs") or {}, datastore, name)
        body = self._body(node, spec, inputs, outputs) | self._about(node, iteration)
        self._reuse(node, spec, body, name)
        self.say(f"{body['displayName']}: submitted as {name}.")
        return self.job.submit(name, {"properties": body})

    def produced(self, node: Node, child: RunningJob) -> Produced:
        """By a step that has completed."""
        declared = specification(self.job, node).get("outputs") or {}
        outputs = {name: dict(one) for name, one in child.properties["outputs"].items() if one}
        for name, about in declared.items():
            if control.is_control(about):
                outputs[name] = outputs.get(name, {}) | {"value": control.value_of(child, name, about)}
        if child.name in self._digests:
            reuse.remember(self.job, self._digests[child.name], child)
        return Produced(outputs, child.run.outputs)

    def say(self, text: str) -> None:
        self.job.log(text, LOG)

    @property
    def _given(self) -> Body:
        """The pipeline's own inputs."""
        return self.job.properties.get("inputs") or {}

    def _name(self, node: Node, iteration: Iteration | None) -> str:
        """A GUID, as Azure's steps have: MLflow takes no '.' in a run's id. The same one after a restart."""
        parts = (self.job.id.lower(), node.name, *((iteration.key,) if iteration else ()))
        return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(parts)))

    def _about(self, node: Node, iteration: Iteration | None) -> Body:
        display = str(node.body.get("display_name") or node.name)
        within = reuse.iteration_of(self.job)
        if iteration:
            display += f" (iteration {iteration.key})"
            within = "/".join(filter(None, (within, iteration.loop, iteration.key)))
        properties = {reuse.ITERATION: within} if within else {}
        return {"displayName": display, "tags": node.body.get("tags") or {}, "properties": properties}

    def _body(self, node: Node, spec: Body, inputs: Body, outputs: Body) -> Body:
        if node.kind == "pipeline":
            return {
                "jobType": "Pipeline",
                "jobs": spec.get("jobs") or {},
                "inputs": steps.with_defaults(spec, inputs),
                "outputs": outputs,
                "settings": {**self.settings, **(node.body.get("settings") or {})},
            }
        compute = (
            node.body.get("computeId") or node.body.get("compute") or self.settings.get("default_compute")
        )
        if not compute:
            raise user_error(
                f"The step '{node.name}' has no compute, and the pipeline has no default_compute: name one of the two."
            )
        asked = settled(node, self._given)
        body = JOBS[node.kind](spec, asked, inputs, outputs, str(compute).removeprefix("azureml:"))
        if self.job.properties.get("identity"):
            body["identity"] = self.job.properties["identity"]
        return body

    def _reuse(self, node: Node, spec: Body, body: Body, name: str) -> None:
        """A step whose result is there already is submitted all the same, and found to be done."""
        if node.kind not in REUSED or spec.get("is_deterministic") is False:
            return
        self._digests[name] = reuse.digest(self.job, body)
        if self.settings.get("force_rerun"):
            return
        earlier = reuse.earlier(self.job, self._digests[name])
        if earlier is not None:
            reuse.take_over(self.job, f"{self.job.workspace_id}/jobs/{name}", earlier)


def specification(job: RunningJob, node: Node) -> Body:
    """What the node runs: its component's, or for AutoML what a component would say."""
    if node.kind == AUTOML:
        return automl_step.specification(node.body)
    return expression.runnable(component_of(job.cloud, job.workspace_id, node.body))


def settled(node: Node, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """An AutoML node with the pipeline's inputs put into its settings; other nodes have theirs in their inputs."""
    if node.kind != AUTOML:
        return node.body
    found: Mapping[str, Any] = sources.bound(node.body, sources.texts(given))
    return found
