"""Loops that repeat a step (`do_while`) for as long as it says so, each time with what it produced the last time."""

from __future__ import annotations

from course_runtime.emulator.engine.outcome import Outcome
from course_runtime.emulator.engine.pipelines import control, flow
from course_runtime.emulator.engine.pipelines.sources import FromNode
from course_runtime.emulator.engine.pipelines.submission import Iteration, Produced
from course_runtime.emulator.engine.pipelines.work import Work, message_of
from course_runtime.emulator.engine.running_job import RunningJob


class DoWhile(Work):
    """The steps after it take the outputs of its body: those of the last time."""

    async def begin(self) -> list[RunningJob]:
        self.body = self.graph.nodes[flow.body_of(self.node.name, self.node.body)]
        self.loop = flow.do_while(self.node.name, self.node.body)
        self.times = 0
        return self._once_more()

    async def ended(self, child: RunningJob, outcome: Outcome) -> list[RunningJob]:
        if not outcome.succeeded:
            self.problem = f"In iteration {self.times}: {message_of(outcome)}"
            return []
        last = self.submission.produced(self.body, child)
        self.submission.outputs[self.body.name] = last.outputs
        if self._goes_on(last):
            return self._once_more()
        self.produced = {self.node.name: Produced(), self.body.name: last}
        return []

    def _goes_on(self, last: Produced) -> bool:
        holds = not self.loop.condition or self._condition(last)
        if holds and self.times == self.loop.most:
            self.submission.say(f"{self.node.name}: ended after {self.times} iterations, its limit.")
        return holds and self.times < self.loop.most

    def _condition(self, last: Produced) -> bool:
        value = last.outputs.get(self.loop.condition, {}).get("value")
        if value is None:
            raise control.missing(self.body.name, self.loop.condition)
        return control.is_true(value)

    def _once_more(self) -> list[RunningJob]:
        inputs = {port: FromNode(self.body.name, output) for port, output in self.loop.mapping.items()}
        self.times += 1
        again = Iteration(self.node.name, str(self.times), inputs if self.times > 1 else {})
        return [self.submission.submit(self.body, again)]
