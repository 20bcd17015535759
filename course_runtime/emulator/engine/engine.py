"""Runs the jobs of one cloud: a task for each, on the emulator's loop."""

from __future__ import annotations

import asyncio
import logging
import shutil
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING

from course_runtime.emulator.engine.machine import Machine, OpenDoor
from course_runtime.emulator.engine.node_queue import NodeQueue
from course_runtime.emulator.engine.outcome import Outcome, canceled, failed
from course_runtime.emulator.engine.running_job import JobGone, RunningJob
from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history.job_entries import is_logged
from course_runtime.emulator.services.history.runs import OVER
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

JOBS = f"{names.WORKSPACES}/jobs"
SECONDS_A_JOB_IS_SEEN = 1.0
"""A job that somebody submitted is not over before: who streams it from the start must find it under way."""
RESTARTED = "azureml.emulator.restarts"
OPERATION = "cancelOperation"

Life = Callable[[RunningJob], Coroutine[None, None, None]]

logger = logging.getLogger(__name__)


class Engine:
    def __init__(self, cloud: Cloud, machine: Machine, open_door: OpenDoor) -> None:
        self.cloud = cloud
        self.machine = machine
        self.open_door = open_door
        self.folder = machine.folder / cloud.id
        self.nodes = NodeQueue(cloud)
        self._jobs: dict[str, RunningJob] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.closed = False

    # Jobs -----------------------------------------------------------------------------------------

    def start(self, job_id: str) -> None:
        """Begin a job that has just been submitted."""
        self._begin(RunningJob(self, job_id), self._drive)

    def resume(self) -> None:
        """What had not ended when the emulator was killed begins anew; what had ended stays so."""
        for job in self._unfinished():
            self._begin(RunningJob(self, job.id), self._drive_again)

    @property
    def busy(self) -> bool:
        return bool(self._jobs)

    def find(self, job_id: str) -> RunningJob | None:
        """The job, while it runs."""
        return self._jobs.get(job_id.lower())

    def job(self, job_id: str) -> RunningJob:
        """A job of any state; one that is over has its outcome at once."""
        found = self.find(job_id)
        if found is None:
            found = RunningJob(self, job_id)
            found.outcome.set_result(Outcome(str(found.properties["status"]), found.run.error))
        return found

    def cancel(self, job_id: str, operation: str = "") -> bool:
        """Ask for a job's end, and for that of its children; False when it does not run."""
        job = self.find(job_id)
        if job is None:
            return False
        if operation:
            self.cloud.documents.put(OPERATION, job.id.lower(), {"operation": operation})
        if not job.cancelled.is_set():
            job.set_status("CancelRequested")
            job.cancelled.set()
        for child in self.cloud.runs.children(job.workspace_id, job.name):
            self.cancel(f"{job.workspace_id}/jobs/{child.id}")
        return True

    def preempt(self, cluster_id: str) -> str:
        """Take a node away from the job that got its nodes last; the job's name, empty when none runs there."""
        for name in reversed(self.nodes.holders(cluster_id)):
            job = self.find(f"{cluster_id.rsplit('/', 2)[0]}/jobs/{name}")
            if job is not None:
                job.preempted.set()
                return name
        return ""

    def close(self) -> None:
        """The cloud is going: nothing of it runs on, nothing of it is written any more."""
        self.closed = True
        self.nodes.close()
        for task in self._tasks:
            task.cancel()
        for job in self._jobs.values():
            job.close_logs()
        self._jobs.clear()

    # A job's life ---------------------------------------------------------------------------------

    def _begin(self, job: RunningJob, life: Life) -> None:
        self._jobs[job.id.lower()] = job
        task = asyncio.get_running_loop().create_task(life(job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _drive_again(self, job: RunningJob) -> None:
        times = int(job.run.properties.get(RESTARTED, "0")) + 1
        job.set_properties(**{RESTARTED: str(times)})
        job.log(
            f"The emulator ended while this job was under way (status '{job.properties['status']}'); it has been "
            "started again, and the job goes back to the queue. What it did before is done a second time."
        )
        await self._drive(job)

    async def _drive(self, job: RunningJob) -> None:
        began = self.cloud.clock.now()
        try:
            outcome = await self._outcome(job)
            if job.run.parent is None:
                await asyncio.sleep(began + SECONDS_A_JOB_IS_SEEN - self.cloud.clock.now())
            self._finish(job, outcome)
        except JobGone:
            self._settle(job, canceled("The job was deleted."))
        finally:
            self._jobs.pop(job.id.lower(), None)
            job.close_logs()
            if not self.closed:
                await asyncio.to_thread(shutil.rmtree, job.folder, True)
            elif (
                self.cloud.database.file is None
            ):  # a lasting cloud's job begins anew, and finds what it wrote
                await asyncio.to_thread(shutil.rmtree, self.folder, True)

    async def _outcome(self, job: RunningJob) -> Outcome:
        from course_runtime.emulator.engine.kinds import KINDS  # kinds are made of what is here

        try:
            return await KINDS[job.properties["jobType"]].run(job)
        except AzureError as problem:
            return failed(problem.message, problem.code)
        except OSError as problem:
            return failed(f"The kit could not use this machine's disk: {problem}. Is it full?", "SystemError")
        except (JobGone, asyncio.CancelledError):
            raise
        except Exception as problem:
            logger.exception("the job %s", job.name)
            said = f"The kit itself broke: {type(problem).__name__}: {problem}."
            return failed(f"{said} The whole story is in the emulator's log.", "SystemError")

    def _finish(self, job: RunningJob, outcome: Outcome) -> None:
        if outcome.error and outcome.status == "Failed":
            job.log(outcome.error["error"]["message"], "system_logs/failure.txt")
        job.publish_logs()
        job.set_status(outcome.status, error=outcome.error)
        self._settle(job, outcome)

    def _settle(self, job: RunningJob, outcome: Outcome) -> None:
        waiting = self.cloud.documents.get(OPERATION, job.id.lower())
        if waiting:
            operations.finish(self.cloud, waiting["operation"])
            self.cloud.documents.delete(OPERATION, job.id.lower())
        if not job.outcome.done():
            job.outcome.set_result(outcome)

    def _unfinished(self) -> list[Stored]:
        from course_runtime.emulator.engine.kinds import KINDS

        found = [
            stored
            for subscription in self.cloud.subscriptions()
            for stored in self.cloud.resources.in_subscription(subscription, JOBS)
            if stored.properties["status"] not in OVER
            and stored.properties["jobType"] in KINDS
            and not is_logged(stored)
        ]
        return sorted(found, key=lambda stored: stored.sequence)
