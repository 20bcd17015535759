"""A job's children under way, waited for until one of them ends or the job itself is to stop."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, Generic, TypeVar

from course_runtime.emulator.engine.outcome import Outcome
from course_runtime.emulator.engine.running_job import RunningJob

Label = TypeVar("Label")
"""What the parent knows a child by."""


class Children(Generic[Label]):
    def __init__(self, job: RunningJob) -> None:
        self._job = job
        self._active: dict[asyncio.Future[Outcome], tuple[RunningJob, Label]] = {}

    def __enter__(self) -> Children[Label]:
        self._stop = asyncio.ensure_future(self._job.cancelled.wait())
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.cancel()
        for waiting in self._active:
            waiting.cancel()

    def __len__(self) -> int:
        return len(self._active)

    def add(self, child: RunningJob, label: Label) -> None:
        self._active[asyncio.ensure_future(child.finished())] = (child, label)

    async def next_ended(self) -> list[tuple[Label, Outcome]]:
        """Those that have ended by now, once there is one; possibly none when the job is to stop."""
        awaited: set[asyncio.Future[Any]] = {*self._active, self._stop}
        await asyncio.wait(awaited, return_when=asyncio.FIRST_COMPLETED)
        ended = [one for one in self._active if one.done()]
        return [(self._active.pop(one)[1], one.result()) for one in ended]

    @property
    def to_stop(self) -> bool:
        return self._stop.done()

    async def cancel(self) -> None:
        """All that are under way; they have ended when this returns."""
        under_way = [child for child, _ in self._active.values()]
        for child in under_way:
            self._job.engine.cancel(child.id)
        for child in under_way:
            await child.finished()
