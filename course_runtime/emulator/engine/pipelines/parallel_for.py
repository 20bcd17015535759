"""Loops that run a step once for each of many items (`parallel_for`), at the same time."""

from __future__ import annotations

from collections.abc import Mapping

from course_runtime.emulator.engine.outcome import Outcome
from course_runtime.emulator.engine.pipelines import flow
from course_runtime.emulator.engine.pipelines.gathering import gather
from course_runtime.emulator.engine.pipelines.sources import Source
from course_runtime.emulator.engine.pipelines.submission import Iteration, Produced
from course_runtime.emulator.engine.pipelines.work import Work, message_of
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.errors import user_error


class ParallelFor(Work):
    async def begin(self) -> list[RunningJob]:
        self.body = self.graph.nodes[flow.body_of(self.node.name, self.node.body)]
        self.items = self._items()
        self._waiting = list(self.items)
        self._keys: dict[str, str] = {}
        self._done: dict[str, Produced] = {}
        most = flow.concurrency(self.node.name, self.node.body) or len(self._waiting)
        return [self._next() for _ in range(min(most, len(self._waiting)))] or await self._gathered()

    async def ended(self, child: RunningJob, outcome: Outcome) -> list[RunningJob]:
        key = self._keys[child.name]
        if outcome.succeeded:
            self._done[key] = self.submission.produced(self.body, child)
        else:
            self.problem = self.problem or f"In iteration {key}: {message_of(outcome)}"
        if self._waiting and (not self.problem or self.submission.goes_on):
            return [self._next()]
        return await self._gathered() if len(self._done) == len(self.items) else []

    def _items(self) -> Mapping[str, Mapping[str, Source]]:
        given = self.node.body.get("items")
        if "items" in self.node.inputs:
            value = self.submission.value_of(self.node, "items") or {}
            if "value" not in value:
                raise user_error(
                    f"The items of '{self.node.name}' come from data; a text with JSON was expected: an input or a "
                    "control output of the type string."
                )
            given = str(value["value"])
        return flow.items_of(self.node.name, given)

    def _next(self) -> RunningJob:
        key = self._waiting.pop(0)
        child = self.submission.submit(self.body, Iteration(self.node.name, key, self.items[key]))
        self._keys[child.name] = key
        return child

    async def _gathered(self) -> list[RunningJob]:
        in_order = {key: self._done[key] for key in self.items}
        self.produced[self.node.name] = await gather(self.submission, self.node, self.body, in_order)
        return []
