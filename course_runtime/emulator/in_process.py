"""An emulator inside this process, on a thread of its own: for tests, and for a script that wants one."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
import threading
from pathlib import Path
from types import TracebackType

from course_runtime.emulator.client import Cloud, EmulatorClient
from course_runtime.emulator.places import Places


class Emulator:
    """`with Emulator() as azure:` gives a cloud of its own; with a folder, the personal one that lasts."""

    def __init__(self, state: Path | None = None) -> None:
        self._temporary = None if state else Path(tempfile.mkdtemp(prefix="workshop-"))
        self.places = Places.of(state or Path(str(self._temporary)))
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="emulator", daemon=True)

    @property
    def client(self) -> EmulatorClient:
        return EmulatorClient(self.places)

    def start(self) -> Emulator:
        self._thread.start()
        self._ready.wait()
        if self._failure:
            raise self._failure
        return self

    def stop(self) -> None:
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._server.stop)
            self._thread.join()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)
        shutil.rmtree(self.places.runtime, ignore_errors=True)

    def __enter__(self) -> Cloud:
        self.start()
        return self.client.personal()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.stop()

    def _run(self) -> None:
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        try:
            from course_runtime.emulator.server import Server

            self._server = Server(self.places)
            running = asyncio.ensure_future(self._server.run())
            while not self._server.serving and not running.done():
                await asyncio.sleep(0.001)
            if running.done():
                running.result()
        except BaseException as error:  # noqa: BLE001 (handed to the thread that waits)
            self._failure = error
            return
        finally:
            self._ready.set()
        await running
