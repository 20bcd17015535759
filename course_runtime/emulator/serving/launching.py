"""From a deployment to a process that begins: its files laid out as Azure lays them out, then the server in a jail."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from course_runtime.emulator.environment import CloudAccess, environment
from course_runtime.emulator.serving.hosted import Journal, Launch, StartFailed
from course_runtime.emulator.serving.materials import Materials, lay_out
from course_runtime.emulator.serving.process import ScoringProcess
from course_runtime.emulator.serving.recipe import Recipe
from course_runtime.emulator.store.resources import Stored
from course_runtime.sandbox import JailSpec, Limits, SandboxError, Worker

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud
    from course_runtime.emulator.engine.zygotes import Zygotes
    from course_runtime.emulator.front.door import Door

LIMITS = Limits(cpu_seconds=1_000_000, memory_mb=32_768, jail_memory_mb=6144, processes=256, file_mb=128)
SECONDS_OF_GRACE = 0.5
"""The server ends a run() that takes too long, but only after the front has said so."""
DOOR = "http://127.0.0.1:{door}"
IDENTITY_ENDPOINT = "http://169.254.169.254/msi/token"


@dataclass(frozen=True)
class Machine:
    """Where processes of one cloud run and what leads out of them."""

    zygotes: Zygotes
    files: Path
    """Deployments' files; whoever starts the emulator finds it empty."""
    sockets: Path
    """Short, because of the limit on AF_UNIX paths."""
    trust: Path
    open_door: Callable[[socket.socket], Awaitable[Door]]


class Launcher:
    def __init__(self, cloud: Cloud, machine: Machine) -> None:
        self._cloud = cloud
        self._machine = machine

    def launch_for(self, deployment: Stored, recipe: Recipe) -> Launch:
        """What starts this deployment's process, and starts it again."""
        kept: list[Materials] = []

        async def launch(journal: Journal) -> ScoringProcess:
            if not kept:
                kept.append(await self._prepare(deployment, recipe, journal))
            return await self._begin(deployment, recipe, kept[0], journal)

        return launch

    async def _prepare(self, deployment: Stored, recipe: Recipe, journal: Journal) -> Materials:
        folder = self._machine.files / uuid.uuid4().hex
        try:
            return await lay_out(self._cloud, deployment, recipe, folder, journal)
        except OSError as problem:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)
            raise StartFailed("OutOfDisk", f"The files of the deployment cannot be written: {problem}.") from None

    async def _begin(
        self, deployment: Stored, recipe: Recipe, materials: Materials, journal: Journal
    ) -> ScoringProcess:
        sockets = self._machine.sockets / uuid.uuid4().hex[:8]
        sockets.mkdir(parents=True, mode=0o700)
        spec = JailSpec(
            environment=self._environment(deployment, recipe, materials),
            readable=(str(materials.folder), str(self._machine.trust)),
            writable=(str(sockets),),
            limits=LIMITS,
        )
        try:
            zygote = await self._machine.zygotes.get(materials.import_set)
            process = await ScoringProcess.spawn(zygote, spec, sockets / "s")
        except SandboxError as problem:
            shutil.rmtree(sockets, ignore_errors=True)
            raise StartFailed("InternalServerError", f"The sandbox could not be started: {problem}") from None
        door = await self._open_door(process.worker)
        process.when_ended(lambda: _clear_away(sockets, door))
        journal.event(f"UserContainerStart: {recipe.processes} worker process(es) of azmlinfsrv.")
        process.run(recipe.processes, materials.hidden)
        return process

    async def _open_door(self, worker: Worker) -> Door | None:
        return await self._machine.open_door(worker.door.dup()) if worker.door else None

    def _environment(self, deployment: Stored, recipe: Recipe, materials: Materials) -> dict[str, str]:
        access = CloudAccess(
            self._cloud.identity.tenant_id,
            deployment.id.split("/")[2],
            resource_group=deployment.id.split("/")[4],
            workspace=deployment.id.split("/")[8],
        )
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            **environment(access, proxy=DOOR, bundle=str(self._machine.trust)),
            "AML_APP_ROOT": str(materials.code),
            "AZUREML_ENTRY_SCRIPT": materials.script,
            "AZUREML_MODEL_DIR": str(materials.models),
            "SCORING_TIMEOUT_MS": str(int((recipe.request_seconds + SECONDS_OF_GRACE) * 1000)),
            "SERVICE_NAME": deployment.id.split("/")[10],
            "WORKSPACE_NAME": access.workspace,
            "WORKER_COUNT": str(recipe.processes),
            "MSI_ENDPOINT": IDENTITY_ENDPOINT,
            "MSI_SECRET": "workshop",
            "DEFAULT_IDENTITY_CLIENT_ID": self._client_id(deployment),
            **recipe.variables,
        }

    def _client_id(self, deployment: Stored) -> str:
        """The endpoint's own identity is who the script is in Azure."""
        endpoint = self._cloud.resources.get(deployment.id.rpartition("/deployments/")[0])
        held = (endpoint.body.get("identity") or {}) if endpoint else {}
        principal = self._cloud.principals.get(str(held.get("principalId")))
        given = next(iter((held.get("userAssignedIdentities") or {}).values()), {})
        return principal.app_id if principal else str(given.get("clientId") or "")


def _clear_away(sockets: Path, door: Door | None) -> None:
    if door:
        door.close()
    shutil.rmtree(sockets, ignore_errors=True)
