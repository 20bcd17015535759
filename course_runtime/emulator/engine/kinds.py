"""Which types of jobs run here, and what runs each."""

from __future__ import annotations

from typing import Protocol

from course_runtime.emulator.engine.automl.kind import AutoMLKind
from course_runtime.emulator.engine.command.kind import CommandKind
from course_runtime.emulator.engine.outcome import Outcome
from course_runtime.emulator.engine.pipelines.kind import PipelineKind
from course_runtime.emulator.engine.pipelines.reuse import Reusable
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.engine.sweep.kind import SweepKind
from course_runtime.emulator.kernel.context import Body, Context


class Kind(Protocol):
    """What a type of job must bring along; one object serves all jobs of the type."""

    def check(self, properties: Body, context: Context) -> None:
        """Refuse, when it is submitted, what cannot be run: an AzureError in Azure's words."""

    async def run(self, job: RunningJob) -> Outcome:
        """The job's whole life, from Queued to its outcome.

        Called anew for a job that had not ended when the emulator was killed: what was done before is found by name.
        Returns soon after `job.cancelled` is set. An AzureError that it raises is the job's failure.
        """


KINDS: dict[str, Kind] = {
    "Command": Reusable(CommandKind()),
    "Sweep": SweepKind(),
    "Pipeline": PipelineKind(),
    "AutoML": Reusable(AutoMLKind()),
}
"""By `jobType`."""
