"""Pipeline jobs: each step is a job of its own, begun when all that it needs is done."""

from __future__ import annotations

from course_runtime.emulator.engine.children import Children
from course_runtime.emulator.engine.outcome import COMPLETED, Outcome, canceled, failed
from course_runtime.emulator.engine.pipelines import graph, reuse, steps, wiring
from course_runtime.emulator.engine.pipelines.components import component_of
from course_runtime.emulator.engine.pipelines.graph import FromParent, Node
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, user_error

LOG = "logs/azureml/executionlogs.txt"
RUNS = {"command": steps.command_job, "parallel": steps.parallel_job, "sweep": steps.sweep_job}
KINDS = (*RUNS, "pipeline")


class PipelineKind:
    def check(self, properties: Body, context: Context) -> None:
        workspace_id = context.path.id.rsplit("/", 2)[0]
        pipeline = graph.read(properties.get("jobs") or {})
        given = properties.get("inputs") or {}
        for node in pipeline.nodes.values():
            if node.kind not in KINDS:
                raise user_error(
                    f"The step '{node.name}' is of the kind '{node.kind}', which this Azure does not run in a pipeline "
                    f"yet; it runs {', '.join(KINDS)}."
                )
            component_of(context.cloud, workspace_id, node.body)
            for source in node.inputs.values():
                if isinstance(source, FromParent) and source.name not in given:
                    raise user_error(
                        f"The step '{node.name}' takes the pipeline's input '{source.name}', which it does not have "
                        f"(its inputs: {', '.join(given) or 'none'})."
                    )

    async def run(self, job: RunningJob) -> Outcome:
        return await Pipeline(job).run()


class Pipeline:
    def __init__(self, job: RunningJob) -> None:
        self.job = job
        self.graph = graph.read(job.properties["jobs"])
        self.settings: Body = job.properties.get("settings") or {}
        self.children: dict[str, RunningJob] = {}
        self.outputs: dict[str, Body] = {}
        self.problems: dict[str, str] = {}
        self.skipped: set[str] = set()
        self._digests: dict[str, str] = {}

    async def run(self) -> Outcome:
        self.job.set_status("Running")
        with Children[Node](self.job) as under_way:
            while True:
                self._begin_what_is_ready(under_way)
                if not under_way:
                    return self._outcome()
                for node, outcome in await under_way.next_ended():
                    self._ended(node, outcome)
                if under_way.to_stop or (self.problems and not self._goes_on):
                    await under_way.cancel()
                    return canceled() if under_way.to_stop else self._outcome()

    @property
    def _goes_on(self) -> bool:
        """After a step has failed, with those that do not need it."""
        return bool(self.settings.get("continue_on_step_failure"))

    # Steps ----------------------------------------------------------------------------------------

    def _begin_what_is_ready(self, under_way: Children[Node]) -> None:
        for node in list(self.graph.ready(self.outputs, {*self.children, *self.skipped})):
            try:
                child = self._submit(node)
            except AzureError as problem:
                self.skipped.add(node.name)
                self._failed(node, problem.message)
                continue
            self.children[node.name] = child
            under_way.add(child, node)

    def _submit(self, node: Node) -> RunningJob:
        name = f"{self.job.name}.{node.name}"
        spec = component_of(self.job.cloud, self.job.workspace_id, node.body)
        own = self.job.properties
        inputs = wiring.inputs_of(node, spec, own.get("inputs") or {}, self.outputs)
        outputs = wiring.outputs_of(
            node, spec, own.get("outputs") or {}, self.settings.get("default_datastore"), name
        )
        body = self._body(node, spec, inputs, outputs)
        body |= {
            "displayName": node.body.get("display_name") or node.name,
            "tags": node.body.get("tags") or {},
        }
        self._reuse(node, spec, body, name)
        self._say(f"{node.name}: submitted as {name}.")
        return self.job.submit(name, {"properties": body})

    def _body(self, node: Node, spec: Body, inputs: Body, outputs: Body) -> Body:
        if node.kind == "pipeline":
            return {
                "jobType": "Pipeline",
                "jobs": spec.get("jobs") or {},
                "inputs": steps.with_defaults(spec, inputs),
                "outputs": outputs,
                "settings": {**self.settings, **(node.body.get("settings") or {})},
            }
        compute = node.body.get("computeId") or self.settings.get("default_compute")
        if not compute:
            raise user_error(
                f"The step '{node.name}' has no compute, and the pipeline has no default_compute: name one of the two."
            )
        body = RUNS[node.kind](spec, node.body, inputs, outputs, _compute_id(str(compute)))
        if self.job.properties.get("identity"):
            body["identity"] = self.job.properties["identity"]
        return body

    def _reuse(self, node: Node, spec: Body, body: Body, name: str) -> None:
        """A step whose result is there already is submitted all the same, and found to be done."""
        if node.kind not in ("command", "parallel") or spec.get("is_deterministic") is False:
            return
        self._digests[node.name] = reuse.digest(self.job, body)
        if self.settings.get("force_rerun"):
            return
        earlier = reuse.earlier(self.job, self._digests[node.name])
        if earlier is not None:
            reuse.take_over(self.job, f"{self.job.workspace_id}/jobs/{name}", earlier)

    def _ended(self, node: Node, outcome: Outcome) -> None:
        child = self.children[node.name]
        self._say(f"{node.name}: {outcome.status}.")
        if not outcome.succeeded:
            message = outcome.error["error"]["message"] if outcome.error else outcome.status
            self._failed(node, message)
            return
        self.outputs[node.name] = child.properties.get("outputs") or {}
        if node.name in self._digests:
            reuse.remember(self.job, self._digests[node.name], child)
        for name, output in node.exported.items():
            produced = self.outputs[node.name].get(output) or {}
            shown = {key: produced[key] for key in ("uri", "assetVersion") if key in produced}
            self.job.update(outputs={name: {**(self.job.properties["outputs"].get(name) or {}), **shown}})

    def _failed(self, node: Node, message: str) -> None:
        self.problems[node.name] = message
        left_out = self.graph.downstream(node.name) - self.skipped
        self.skipped |= left_out
        if left_out:
            self._say(f"{node.name} failed, so these steps are left out: {', '.join(sorted(left_out))}.")

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
        run = self.job.run.outputs
        for node in self.graph.nodes.values():
            child = self.children.get(node.name)
            known = self.job.cloud.runs.require(self.job.workspace_id, child.name).outputs if child else {}
            run = run | {name: known[output] for name, output in node.exported.items() if output in known}
        self.job.cloud.runs.update(self.job.workspace_id, self.job.name, outputs=run)

    def _say(self, text: str) -> None:
        self.job.log(text, LOG)


def _compute_id(given: str) -> str:
    return given.removeprefix("azureml:")
