"""What jobs of all clouds share: warm workers, threads that wait for them, the list of installed packages, a disk."""

from __future__ import annotations

import asyncio
import shutil
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.emulator.engine.installed_packages import InstalledPackages
from course_runtime.emulator.engine.zygotes import Zygotes
from course_runtime.emulator.front.door import Door
from course_runtime.emulator.pretrained import FindWeights, named_weights

MOST_PROCESSES = 32
"""Jobs whose processes run at the same time; who comes later waits, prepared."""

OpenDoor = Callable[[socket.socket], Awaitable[Door]]


@dataclass
class Machine:
    zygotes: Zygotes
    folder: Path
    """Where jobs have their working folders."""
    trust: Path
    """The certificates that a job's process trusts."""
    weights: FindWeights = named_weights
    threads: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(MOST_PROCESSES, "job"))
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(MOST_PROCESSES))
    """Who holds one has a thread of its own."""
    _installed: asyncio.Task[InstalledPackages] | None = None

    async def installed(self) -> InstalledPackages:
        """Read at the first question, then remembered."""
        if self._installed is None:
            work = asyncio.to_thread(InstalledPackages.of_this_interpreter)
            self._installed = asyncio.get_running_loop().create_task(work)
        return await asyncio.shield(self._installed)

    def forget_all_but(self, cloud: str) -> None:
        """Remove what the jobs of clouds that are no more have left, in an emulator that was killed."""
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            if folder.name != cloud:
                shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        self.threads.shutdown(wait=False, cancel_futures=True)
