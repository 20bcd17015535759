"""One scoring process: a warm worker in the jail that runs the inference server until it is stopped or ends."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from course_runtime.emulator.serving.upstream import (
    SocketPlace,
    UpstreamFailed,
    UpstreamResponse,
    exchange,
)
from course_runtime.sandbox import Answer, JailSpec, Worker, Zygote

PROGRAM = Path(__file__).with_name("jailed_server.py")
SECONDS_IT_MAY_LIVE = 1_000_000.0
SECONDS_BETWEEN_LOOKS = 0.005
SECONDS_FOR_A_LOOK = 60.0
LONGEST_LOG = 1_000_000


class ProcessEnded(Exception):
    """The server ended before it was ready."""


class ScoringProcess:
    """Start it, wait until it is ready, exchange requests with it, stop it."""

    def __init__(self, worker: Worker, socket_path: Path) -> None:
        self._worker = worker
        self._place = SocketPlace(socket_path)
        self._socket_path = socket_path
        self._loop = asyncio.get_running_loop()
        self._last_words = ""
        self._then: Callable[[], None] = lambda: None
        self.ended = asyncio.Event()

    @classmethod
    async def spawn(cls, zygote: Zygote, spec: JailSpec, socket_path: Path) -> ScoringProcess:
        """SandboxError when no worker can be had."""
        worker = await asyncio.to_thread(zygote.spawn, spec)
        return cls(worker, socket_path)

    @property
    def worker(self) -> Worker:
        return self._worker

    def when_ended(self, then: Callable[[], None]) -> None:
        """Called once, on the loop, when nothing of it is left."""
        self._then = then

    def run(self, workers: int, hidden: Mapping[str, Sequence[str]] | None) -> None:
        """Let the server begin; a thread waits for its end, as long as that takes. `hidden`: for the import guard."""
        plain = {name: list(values) for name, values in hidden.items()} if hidden else None
        arguments = (str(self._socket_path), workers, plain)
        threading.Thread(target=self._serve, args=arguments, name="scoring", daemon=True).start()

    async def wait_until_ready(self, seconds: float) -> None:
        """ProcessEnded when it ends first, asyncio.TimeoutError when it takes longer."""
        await asyncio.wait_for(self._healthy(), seconds)

    async def exchange(
        self, method: str, target: str, headers: dict[str, str], body: bytes
    ) -> UpstreamResponse:
        return await exchange(self._place, method, target, headers, body)

    def log(self) -> str:
        """What it has printed, the last part of it."""
        return self._last_words or self._worker.printed(LONGEST_LOG)

    async def stop(self) -> None:
        self.hang_up()
        await self.ended.wait()

    def hang_up(self) -> None:
        """Let it end, without waiting."""
        if not self.ended.is_set():
            self._worker.hang_up()

    async def _healthy(self) -> None:
        while not self._place.find():
            self._require_alive()
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
        while True:
            self._require_alive()
            with contextlib.suppress(UpstreamFailed, asyncio.TimeoutError):
                look = self.exchange("GET", "/", {}, b"")
                if (await asyncio.wait_for(look, SECONDS_FOR_A_LOOK)).status == 200:
                    return
            await asyncio.sleep(SECONDS_BETWEEN_LOOKS)

    def _require_alive(self) -> None:
        if self.ended.is_set():
            raise ProcessEnded

    def _serve(self, socket_path: str, workers: int, hidden: dict[str, list[str]] | None) -> None:
        answer = self._worker.load(PROGRAM.stem, PROGRAM.read_text(), PROGRAM.name, {})
        if answer.ok:
            answer = self._worker.call(
                f"{PROGRAM.stem}.serve", socket_path, workers, hidden, seconds=SECONDS_IT_MAY_LIVE
            )
        self._last_words = self._worker.printed(LONGEST_LOG) + _ending(answer)
        self._worker.close()
        with contextlib.suppress(RuntimeError):  # the emulator has ended meanwhile
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._place.close()
        self._then()
        self.ended.set()


def _ending(answer: Answer) -> str:
    failure = answer.failure
    return (
        f"\nThe server has ended ({failure.type}: {failure.message}).\n"
        if failure
        else "\nThe server has ended.\n"
    )
