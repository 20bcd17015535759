"""Command jobs from the queue to their outcome: started anew when their nodes are taken away."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from course_runtime.emulator.engine.command.attempt import Attempt
from course_runtime.emulator.engine.command.command_line import fill_in
from course_runtime.emulator.engine.command.compute import compute_id, nodes, require_possible
from course_runtime.emulator.engine.command.ranks import ranks_of
from course_runtime.emulator.engine.outcome import Outcome, canceled
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces import clusters, durations, names


class CommandKind:
    def check(self, properties: Body, context: Context) -> None:
        if not str(properties.get("command") or "").strip():
            raise user_error("'command' is required: a command job must say what it runs.")
        values = {
            "inputs": {name: "" for name, one in (properties.get("inputs") or {}).items() if one is not None},
            "outputs": dict.fromkeys(properties.get("outputs") or {}, ""),
        }
        fill_in(str(properties["command"]), values)
        ranks_of(properties)
        timeout = (properties.get("limits") or {}).get("timeout")
        if timeout:
            durations.seconds(timeout, "limits.timeout")
        target = compute_id(names.outer_id(context), properties)
        stored = context.cloud.resources.get(target) if target else None
        if target and stored is None:
            raise user_error(
                f"The compute target '{target.rsplit('/', 1)[-1]}' that the job names was not found. Create it first, "
                "or name one that is there.",
            )
        require_possible(stored, properties)

    async def run(self, job: RunningJob) -> Outcome:
        while not job.cancelled.is_set():
            job.preempted.clear()
            work = asyncio.get_running_loop().create_task(_on_nodes(job))
            await _first_of(work, job)
            if work.done() and not work.cancelled():
                return work.result()
            await _stop(work)
            if not job.cancelled.is_set():
                _back_to_the_queue(job)
        return canceled()


async def _on_nodes(job: RunningJob) -> Outcome:
    job.set_status("Queued")
    target = compute_id(job.workspace_id, job.properties)
    async with nodes(job, target):
        attempt = Attempt(job)
        try:
            return await attempt.run()
        except asyncio.CancelledError:
            if not job.engine.closed:
                await attempt.rescue()
            if job.preempted.is_set() and not job.cancelled.is_set():
                clusters.preempt(job.cloud, target, job.name)
            raise


async def _first_of(work: asyncio.Task[Outcome], job: RunningJob) -> None:
    """Until it is done, or the job is to be stopped."""
    loop = asyncio.get_running_loop()
    calls: list[Coroutine[Any, Any, Any]] = [job.cancelled.wait(), job.preempted.wait()]
    signs = [loop.create_task(call) for call in calls]
    try:
        await asyncio.wait([work, *signs], return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        work.cancel()
        raise
    finally:
        for sign in signs:
            sign.cancel()


async def _stop(work: asyncio.Task[Outcome]) -> None:
    work.cancel()
    await asyncio.wait([work])


def _back_to_the_queue(job: RunningJob) -> None:
    times = int(job.run.properties.get("azureml.emulator.preemptions", "0")) + 1
    job.set_properties(**{"azureml.emulator.preemptions": str(times)})
    job.log(
        "The job was preempted: Azure took its low-priority node back. It waits in the queue for another one and "
        "starts again from the beginning; what it wrote to its mounted outputs is kept."
    )
