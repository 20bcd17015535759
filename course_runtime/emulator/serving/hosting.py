"""All deployments of one cloud that run: started when they are written, or again at the first request."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.serving.hosted import Hosted, StartFailed
from course_runtime.emulator.serving.launching import Launcher
from course_runtime.emulator.serving.logs import forget_log, keep_log
from course_runtime.emulator.serving.recipe import at_once, recipe_of, seconds_to_get_ready
from course_runtime.emulator.serving.traffic import Split
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

DEPLOYMENTS = f"{names.WORKSPACES}/onlineEndpoints/deployments"
UNDER_WAY = ("Creating", "Updating")

logger = logging.getLogger(__name__)


class Hosting:
    """Lives on the server's loop, as the cloud does; everything here is called there."""

    def __init__(self, cloud: Cloud, launcher: Launcher) -> None:
        self._cloud = cloud
        self._launcher = launcher
        self._hosted: dict[str, Hosted] = {}
        self._starting: dict[str, Hosted] = {}
        self._locks: dict[str, asyncio.Lock] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._splits: dict[tuple[str, str], Split] = {}

    def resume(self) -> None:
        """What was being rolled out when the emulator was killed is rolled out again."""
        for subscription in self._cloud.subscriptions():
            for stored in self._cloud.resources.in_subscription(subscription, DEPLOYMENTS):
                if stored.properties.get("provisioningState") in UNDER_WAY:
                    self.roll_out(stored)

    def roll_out(self, deployment: Stored) -> None:
        """Begin to bring about what the resource says; the operation it names ends when that is done."""
        self._run(self._roll_out(deployment.id))

    def split(self, endpoint: Stored, purpose: str) -> Split:
        return self._splits.setdefault((endpoint.id.lower(), purpose), Split())

    def find(self, deployment_id: str) -> Hosted | None:
        return self._hosted.get(deployment_id.lower())

    def at_work_on(self, deployment_id: str) -> Hosted | None:
        """What runs of it, or is just being started in place of that."""
        return self._starting.get(deployment_id.lower()) or self.find(deployment_id)

    async def ready(self, deployment: Stored) -> Hosted:
        """The running deployment, started now if it was not (after a restart of the emulator). StartFailed."""
        found = self.find(deployment.id)
        if found:
            return found
        if deployment.properties["provisioningState"] == "Failed":
            raise StartFailed(
                "ResourceNotReady", "The deployment could not be started; `get_logs` shows why."
            )
        return await self._bring_about(deployment)

    def mirror(self, work: Coroutine[Any, Any, None]) -> None:
        self._run(work)

    def remove(self, deployment_id: str) -> None:
        forget_log(self._cloud, deployment_id)
        for hosted in (
            self._starting.pop(deployment_id.lower(), None),
            self._hosted.pop(deployment_id.lower(), None),
        ):
            if hosted:
                hosted.hang_up()

    def close(self) -> None:
        """Nothing runs on after this; the jails end with their keepers."""
        for hosted in (*self._starting.values(), *self._hosted.values()):
            hosted.hang_up()
        for task in self._tasks:
            task.cancel()
        self._hosted.clear()

    # ----------------------------------------------------------------------------------------------

    async def _roll_out(self, deployment_id: str) -> None:
        stored = self._cloud.resources.get(deployment_id)
        if stored is None:
            return
        failure: AzureError | None = None
        try:
            await self._bring_about(stored)
        except StartFailed as problem:
            failure = AzureError(400, problem.code, problem.message)
        self._finish(stored, failure)

    async def _bring_about(self, stored: Stored) -> Hosted:
        """One start at a time for each deployment; who comes second finds it done."""
        async with self._locks.setdefault(stored.id.lower(), asyncio.Lock()):
            running = self._hosted.get(stored.id.lower())
            if running and running.recipe == recipe_of(stored):
                running.admission.at_once = at_once(stored)
                return running
            return await self._start(stored)

    def _finish(self, began_with: Stored, failure: AzureError | None) -> None:
        stored = self._cloud.resources.get(began_with.id)
        operation = began_with.secrets.get("operation")
        if operation:
            operations.finish(self._cloud, operation, failure)
        if stored is None or stored.secrets.get("operation") != operation:
            return  # deleted, or written anew meanwhile: then that is what counts
        stored.properties["provisioningState"] = "Failed" if failure else "Succeeded"
        self._cloud.resources.put(parse(stored.id), stored)

    async def _start(self, stored: Stored) -> Hosted:
        """The new process takes the old one's place once it is ready, and not before."""
        key = stored.id.lower()
        hosted = self._starting[key] = Hosted(
            recipe := recipe_of(stored),
            self._launcher.launch_for(stored, recipe),
            at_once=at_once(stored),
            patience=seconds_to_get_ready(stored.properties),
        )
        try:
            await hosted.start()
        except StartFailed:
            keep_log(self._cloud, stored.id, hosted)
            hosted.hang_up()
            raise
        finally:
            if self._starting.get(key) is hosted:
                del self._starting[key]
        forget_log(self._cloud, stored.id)
        before = self._hosted.pop(key, None)
        self._hosted[key] = hosted
        if before:
            before.hang_up()
        return hosted

    def _run(self, work: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception():
            logger.error("a deployment's work failed", exc_info=task.exception())
