"""A command's processes: a worker in the jail, watched until it has ended."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.sandbox import Answer, JailSpec, Limits, Worker

PROGRAM = Path(__file__).with_name("program.py")
MODULE = "azureml_job"
LONGEST_RUN = 30 * 86_400.0
SECONDS_BETWEEN_LOOKS = 0.2
LIMITS = Limits(
    seconds=LONGEST_RUN,
    cpu_seconds=10_000_000,
    memory_mb=65_536,
    jail_memory_mb=8192,
    processes=512,
    file_mb=16_384,
    tmp_mb=2048,
)


class JobProcess:
    def __init__(self, job: RunningJob, worker: Worker) -> None:
        self._job = job
        self._worker = worker

    @classmethod
    async def spawn(cls, job: RunningJob, import_set: str, spec: JailSpec) -> JobProcess:
        """SandboxError when no worker can be had."""
        machine = job.engine.machine
        zygote = await machine.zygotes.get(import_set)
        loop = asyncio.get_running_loop()
        return cls(job, await loop.run_in_executor(machine.threads, zygote.spawn, spec))

    @property
    def out_of_memory(self) -> bool:
        return self._worker.out_of_memory

    async def run(self, plan: Mapping[str, Any], seconds: float) -> Answer:
        """What the program answers: the ranks' exit codes, or a failure. Killed when this is cancelled."""
        job, loop = self._job, asyncio.get_running_loop()
        door = await job.engine.open_door(self._worker.door.dup()) if self._worker.door else None
        watch = loop.create_task(self._watch())
        answer = loop.run_in_executor(job.engine.machine.threads, self._run, plan, seconds)
        try:
            return await asyncio.shield(answer)
        finally:
            self._worker.hang_up()
            watch.cancel()
            if door:
                door.close()
            await asyncio.wait([answer])

    def _run(self, plan: Mapping[str, Any], seconds: float) -> Answer:
        with self._worker as worker:
            loaded = worker.load(MODULE, PROGRAM.read_text(), PROGRAM.name, {})
            return worker.call(f"{MODULE}.run", dict(plan), seconds=seconds) if loaded.ok else loaded

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
            self._job.publish_logs()
