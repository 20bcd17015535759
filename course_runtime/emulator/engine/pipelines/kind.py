"""Pipeline jobs: each step is a job of its own, begun when all that it needs is done."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Awaitable
from typing import TypeAlias

from course_runtime.emulator.engine.automl import request as automl_request
from course_runtime.emulator.engine.children import Children
from course_runtime.emulator.engine.outcome import COMPLETED, Outcome, canceled, failed
from course_runtime.emulator.engine.pipelines import automl_step, control, flow, graph
from course_runtime.emulator.engine.pipelines.components import component_of
from course_runtime.emulator.engine.pipelines.condition import Condition
from course_runtime.emulator.engine.pipelines.do_while import DoWhile
from course_runtime.emulator.engine.pipelines.graph import AUTOML, Node
from course_runtime.emulator.engine.pipelines.parallel_for import ParallelFor
from course_runtime.emulator.engine.pipelines.sources import FromParent
from course_runtime.emulator.engine.pipelines.submission import STEPS, Produced, Submission, settled
from course_runtime.emulator.engine.pipelines.work import Step, Work
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, user_error

WORK: dict[str, type[Work]] = dict.fromkeys(STEPS, Step) | {
    flow.IF_ELSE: Condition,
    flow.DO_WHILE: DoWhile,
    flow.PARALLEL_FOR: ParallelFor,
}
"""By the node's type."""
UnderWay: TypeAlias = Children[tuple[Work, RunningJob]]


class PipelineKind:
    def check(self, properties: Body, context: Context) -> None:
        workspace_id = context.path.id.rsplit("/", 2)[0]
        pipeline = graph.read(properties.get("jobs") or {})
        given = properties.get("inputs") or {}
        for node in pipeline.nodes.values():
            if node.kind not in WORK:
                raise user_error(
                    f"The step '{node.name}' is of the kind '{node.kind}', which this Azure does not run in a pipeline "
                    f"yet; it runs {', '.join(WORK)}."
                )
            for source in node.inputs.values():
                if isinstance(source, FromParent) and source.name not in given:
                    raise user_error(
                        f"The step '{node.name}' takes the pipeline's input '{source.name}', which it does not have "
                        f"(its inputs: {', '.join(given) or 'none'})."
                    )
            if node.kind == AUTOML:
                automl_request.read(automl_step.details(settled(node, given)))
            elif node.kind == flow.DO_WHILE:
                flow.do_while(node.name, node.body)
            elif node.kind == flow.PARALLEL_FOR:
                flow.concurrency(node.name, node.body)
            elif node.kind != flow.IF_ELSE:
                component_of(context.cloud, workspace_id, node.body)

    async def run(self, job: RunningJob) -> Outcome:
        return await Pipeline(job).run()


class Pipeline:
    def __init__(self, job: RunningJob) -> None:
        self.job = job
        self.graph = graph.read(job.properties["jobs"])
        self.submission = Submission(job)
        self.begun: set[str] = set()
        self.problems: dict[str, str] = {}
        self._jobs: Counter[str] = Counter()
        """How many jobs of each node are under way."""
        self._shown: Body = {}
        self._values: dict[str, str] = {}
        """The pipeline's own control outputs."""

    async def run(self) -> Outcome:
        self.job.set_status("Running")
        with Children[tuple[Work, RunningJob]](self.job) as under_way:
            while True:
                await self._begin_what_is_ready(under_way)
                if not under_way:
                    return self._outcome()
                for (work, child), outcome in await under_way.next_ended():
                    self.submission.say(f"{child.properties['displayName']}: {outcome.status}.")
                    self._jobs[work.node.name] -= 1
                    await self._go_on(work, work.ended(child, outcome), under_way)
                if under_way.to_stop or (self.problems and not self.submission.goes_on):
                    await under_way.cancel()
                    return canceled() if under_way.to_stop else self._outcome()

    # Nodes ----------------------------------------------------------------------------------------

    async def _begin_what_is_ready(self, under_way: UnderWay) -> None:
        """A node that is done at once, as a condition is, makes others ready."""
        while ready := list(self.graph.ready(self.submission.outputs, self.begun)):
            for node in ready:
                if node.name not in self.begun:
                    self.begun.add(node.name)
                    work = WORK[node.kind](node, self.graph, self.submission)
                    await self._go_on(work, work.begin(), under_way)

    async def _go_on(self, work: Work, step: Awaitable[list[RunningJob]], under_way: UnderWay) -> None:
        try:
            children = await step
        except AzureError as problem:
            work.problem = work.problem or problem.message
            children = []
        for child in children:
            under_way.add(child, (work, child))
        name = work.node.name
        self._jobs[name] += len(children)
        if work.problem:
            self._failed(name, work.problem)
        elif not self._jobs[name]:
            self._done(work)

    def _done(self, work: Work) -> None:
        for name, produced in work.produced.items():
            self.submission.outputs[name] = produced.outputs
            self._export(self.graph.nodes[name], produced)
        if work.left_out:
            self._leave_out(work.left_out | self.graph.downstream(*work.left_out), "are not to run")

    def _export(self, node: Node, produced: Produced) -> None:
        """The node's outputs that are the pipeline's."""
        for name, output in node.exported.items():
            found = produced.outputs.get(output) or {}
            shown = {key: found[key] for key in ("uri", "assetVersion") if key in found}
            self.job.update(outputs={name: {**(self.job.properties["outputs"].get(name) or {}), **shown}})
            if output in produced.shown:
                self._shown[name] = produced.shown[output]
            if found.get("value") is not None:
                self._values[name] = found["value"]

    def _failed(self, name: str, message: str) -> None:
        if name not in self.problems:
            self.problems[name] = message
            self._leave_out(self.graph.downstream(name), f"are left out, since {name} failed")

    def _leave_out(self, names: set[str], why: str) -> None:
        left_out = names - self.begun
        self.begun |= left_out
        if left_out:
            self.submission.say(f"These steps {why}: {', '.join(sorted(left_out))}.")

    # Its end --------------------------------------------------------------------------------------

    def _outcome(self) -> Outcome:
        if not self.problems:
            self._show_outputs()
            return COMPLETED
        (name, message), *others = self.problems.items()
        more = (
            f" {len(others)} other steps failed too: {', '.join(one for one, _ in others)}." if others else ""
        )
        return failed(f"The pipeline's step '{name}' failed: {message}{more}")

    def _show_outputs(self) -> None:
        outputs = self.job.run.outputs | self._shown
        self.job.cloud.runs.update(self.job.workspace_id, self.job.name, outputs=outputs)
        if self._values:
            self.job.set_properties(**{control.PROPERTY: json.dumps(self._values)})
