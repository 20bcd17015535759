"""Conditions (`if_else`): which of two blocks of steps runs."""

from __future__ import annotations

from course_runtime.emulator.engine.outcome import Outcome
from course_runtime.emulator.engine.pipelines import control, flow
from course_runtime.emulator.engine.pipelines.submission import Produced
from course_runtime.emulator.engine.pipelines.work import Work
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.errors import user_error


class Condition(Work):
    """Decides, and runs nothing itself."""

    async def begin(self) -> list[RunningJob]:
        blocks = flow.blocks_of(self.node.name, self.node.body)
        holds = self._holds()
        self.left_out = {self.graph.runner(name) for name in blocks[not holds]}
        self.produced[self.node.name] = Produced()
        self.submission.say(f"{self.node.name}: the condition is {str(holds).lower()}.")
        return []

    async def ended(self, child: RunningJob, outcome: Outcome) -> list[RunningJob]:
        return []

    def _holds(self) -> bool:
        given = self.submission.value_of(self.node, "condition") or {}
        try:
            return control.is_true(given.get("value"))
        except ValueError:
            raise user_error(
                f"The condition '{self.node.name}' must be true or false; {given.get('value', given)!r} came."
            ) from None
