"""A deployment's life as a process: started, ready, restarted when it dies, given up when it keeps dying."""

from __future__ import annotations

import asyncio
import re
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from course_runtime.emulator.serving.admission import Admission
from course_runtime.emulator.serving.process import ProcessEnded, ScoringProcess
from course_runtime.emulator.serving.recipe import Recipe
from course_runtime.emulator.serving.upstream import UpstreamResponse

MOST_RESTARTS = 3
SECONDS_RESTARTS_COUNT = 60.0
SECONDS_UNTIL_A_RESTART = 0.2
LONGEST_LOG = 1_000_000
RAISED = re.compile(r"[\w.]*(Error|Exception|Interrupt|Exit|Warning)\b.*")
GUIDE = "Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-resourcenotready"


class StartFailed(Exception):
    """The deployment cannot be started. `code` and the message are Azure's, or ours where Azure has none."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Unhealthy(Exception):
    """No process answers for this deployment; the message says why."""


class Launch(Protocol):
    """How a deployment's process is begun, each time that one is needed."""

    async def begin(self, journal: Journal) -> ScoringProcess:
        """Prepare what is needed and give the process, not ready yet. StartFailed when there can be none."""

    def give_up(self) -> None:
        """There will be no other process: what was prepared may go once the last one has ended."""


@dataclass
class Journal:
    """What `get_logs` shows besides the server's own output."""

    storage: list[str] = field(default_factory=list)
    events: list[str] = field(default_factory=list)
    ended: str = ""
    """The output of processes that are no more."""

    def event(self, text: str) -> None:
        self.events.append(f"{stamp()} {text}")

    def store(self, text: str) -> None:
        self.storage.append(f"{stamp()} {text}")

    def keep(self, output: str) -> None:
        self.ended = (self.ended + output)[-LONGEST_LOG:]


class Hosted:
    """One deployment; at most one process at a time."""

    def __init__(self, recipe: Recipe, launch: Launch, *, at_once: int, patience: float) -> None:
        self.recipe = recipe
        self.journal = Journal()
        self.admission = Admission(at_once)
        self.mirrored = 0
        self._launch = launch
        self._patience = patience
        self._process: ScoringProcess | None = None
        self._given_up = ""
        self._stopping = False
        self._deaths: deque[float] = deque(maxlen=MOST_RESTARTS + 1)
        self._keeper: asyncio.Task[None] | None = None
        self._ready = asyncio.Event()

    async def start(self) -> None:
        """Ready when this returns; StartFailed when it cannot be."""
        try:
            await self._start_process()
        except StartFailed:
            self.give_up("The deployment could not be started; `get_logs` shows why.")
            raise
        self._keeper = asyncio.create_task(self._keep_alive())

    async def exchange(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> UpstreamResponse:
        """One request to the server, its turn and a restart under way waited for.

        TooManyRequests, Unhealthy, UpstreamFailed (it died under the request), or asyncio.TimeoutError.
        """
        return await asyncio.wait_for(
            self._exchange(method, target, headers, body), self.recipe.request_seconds
        )

    def output(self) -> str:
        """All that its processes have printed, the last part of it."""
        current = self._process.log() if self._process else ""
        return (self.journal.ended + current)[-LONGEST_LOG:]

    def give_up(self, reason: str) -> None:
        """Requests are told the reason from now on."""
        self._given_up = reason
        self._ready.set()

    def hang_up(self) -> None:
        """End it, without waiting."""
        self._stopping = True
        self.give_up("The deployment is being stopped.")
        if self._keeper:
            self._keeper.cancel()
        if self._process:
            self._process.hang_up()
        self._launch.give_up()

    async def _exchange(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> UpstreamResponse:
        async with self.admission.admitted():
            await self._ready.wait()
            if self._given_up or self._process is None:
                raise Unhealthy(self._given_up)
            return await self._process.exchange(method, target, headers, body)

    async def _start_process(self) -> None:
        process = self._process = await self._launch.begin(self.journal)
        if self._stopping:
            process.hang_up()
        try:
            await process.wait_until_ready(self._patience)
        except ProcessEnded:
            self.journal.event("UserContainerStart: Failed. The container has ended.")
            if self._stopping:
                raise StartFailed(
                    "Canceled", "The deployment was deleted while it was being started."
                ) from None
            raise StartFailed(
                "ResourceNotReady",
                f"User container has crashed or terminated. {GUIDE}. What it said last: {last_words(process.log())} "
                "All of it: ml_client.online_deployments.get_logs(name, endpoint_name, lines=100).",
            ) from None
        except asyncio.TimeoutError:
            await process.stop()
            self.journal.event(f"ReadinessProbe: Failed. No answer within {self._patience:g} seconds.")
            raise StartFailed(
                "ResourceNotReady",
                f"User container has not become ready: the readiness probe had no answer within {self._patience:g} "
                f"seconds (readiness_probe: initial_delay + period x failure_threshold). {GUIDE}",
            ) from None
        self.journal.event("UserContainerStart: Succeeded.")
        self._ready.set()

    async def _keep_alive(self) -> None:
        """Start it again whenever it has died, unless it dies again and again."""
        while self._process is not None:
            await self._process.ended.wait()
            self._ready.clear()
            self.journal.keep(self._process.log())
            self._process = None
            self._deaths.append(time.monotonic())
            if (
                len(self._deaths) > MOST_RESTARTS
                and self._deaths[-1] - self._deaths[0] < SECONDS_RESTARTS_COUNT
            ):
                self.journal.event("Liveness probe failed. Back-off restarting failed container: given up.")
                self.give_up("The container keeps crashing; `get_logs` shows why.")
                return
            self.journal.event(f"The container has ended. It is started again ({len(self._deaths)}).")
            await asyncio.sleep(SECONDS_UNTIL_A_RESTART * len(self._deaths))
            try:
                await self._start_process()
            except StartFailed as failure:
                self.journal.event(failure.message)
                self.give_up("The container could not be started again; `get_logs` shows why.")
                return


def stamp() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def last_words(log: str) -> str:
    """Of the log's last traceback, the line that names the exception; else the last line."""
    lines = [line for line in log.splitlines() if line.strip()]
    raised = [
        line for line in lines if RAISED.match(line) and not line.startswith("azureml_inference_server_http.")
    ]
    return f"'{(raised or lines or ['nothing'])[-1].strip()}'."
