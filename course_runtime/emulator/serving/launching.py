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
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.pretrained import FindWeights, readable_weights, weights_variables
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
    weights: FindWeights


class Launcher:
    """Starts the deployments of one cloud."""

    def __init__(self, cloud: Cloud, machine: Machine) -> None:
        self._cloud = cloud
        self._machine = machine

    def launch_for(self, deployment: Stored, recipe: Recipe) -> DeploymentLaunch:
        return DeploymentLaunch(self._cloud, self._machine, deployment, recipe)


class DeploymentLaunch(Launch):
    """Starts one deployment's process, and starts it again; its files are there until it is given up."""

    def __init__(self, cloud: Cloud, machine: Machine, deployment: Stored, recipe: Recipe) -> None:
        self._cloud = cloud
        self._machine = machine
        self._deployment = deployment
        self._recipe = recipe
        self._folder = machine.files / uuid.uuid4().hex
        self._materials: Materials | None = None
        self._running = 0
        self._given_up = False

    async def begin(self, journal: Journal) -> ScoringProcess:
        self._running += 1
        try:
            self._materials = self._materials or await self._prepare(journal)
            return await self._begin(self._materials, journal)
        except BaseException:
            self._ended()
            raise

    def give_up(self) -> None:
        self._given_up = True
        if not self._running:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _ended(self) -> None:
        self._running -= 1
        if self._given_up:
            self.give_up()

    async def _prepare(self, journal: Journal) -> Materials:
        try:
            self._folder.mkdir(parents=True)
            return await lay_out(self._cloud, self._workspace_id, self._recipe, self._folder, journal)
        except OSError as problem:
            message = f"The files of the deployment cannot be written: {problem}. Is the disk full?"
            raise StartFailed("OutOfDisk", message) from None

    async def _begin(self, materials: Materials, journal: Journal) -> ScoringProcess:
        variables = await self._weights(materials) | self._environment(materials)
        sockets = self._machine.sockets / uuid.uuid4().hex[:8]
        sockets.mkdir(parents=True, mode=0o700)
        spec = JailSpec(
            environment=variables,
            readable=(str(materials.folder), str(self._machine.trust), *readable_weights(variables)),
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

        def clear_away() -> None:
            if door:
                door.close()
            shutil.rmtree(sockets, ignore_errors=True)
            self._ended()

        process.when_ended(clear_away)
        journal.event(f"UserContainerStart: {self._recipe.processes} worker process(es) of azmlinfsrv.")
        process.run(self._recipe.processes, materials.hidden)
        return process

    async def _open_door(self, worker: Worker) -> Door | None:
        return await self._machine.open_door(worker.door.dup()) if worker.door else None

    @property
    def _workspace_id(self) -> str:
        return self._deployment.id.partition("/onlineEndpoints/")[0]

    async def _weights(self, materials: Materials) -> dict[str, str]:
        find = self._machine.weights
        return weights_variables(await asyncio.to_thread(find)) if materials.needs_weights else {}

    def _environment(self, materials: Materials) -> dict[str, str]:
        """The variables that Azure sets, the way into the cloud, and then the deployment's own."""
        path = parse(self._deployment.id)
        workspace, endpoint, _ = path.names
        access = CloudAccess(
            self._cloud.identity.tenant_id,
            str(path.subscription),
            resource_group=str(path.group),
            workspace=workspace,
        )
        recipe = self._recipe
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            **environment(access, proxy=DOOR, bundle=str(self._machine.trust)),
            "AML_APP_ROOT": str(materials.code),
            "AZUREML_ENTRY_SCRIPT": materials.script,
            "AZUREML_MODEL_DIR": str(materials.models),
            "SCORING_TIMEOUT_MS": str(int((recipe.request_seconds + SECONDS_OF_GRACE) * 1000)),
            "SERVICE_NAME": endpoint,
            "WORKSPACE_NAME": workspace,
            "WORKER_COUNT": str(recipe.processes),
            "MSI_ENDPOINT": IDENTITY_ENDPOINT,
            "MSI_SECRET": "workshop",
            "DEFAULT_IDENTITY_CLIENT_ID": self._client_id(),
            **recipe.variables,
        }

    def _client_id(self) -> str:
        """The endpoint's own identity is who the script is in Azure."""
        endpoint = self._cloud.resources.get(parse(self._deployment.id).parent_id())
        held = (endpoint.body.get("identity") or {}) if endpoint else {}
        principal = self._cloud.principals.get(str(held.get("principalId")))
        if principal:
            return principal.app_id
        assigned = [one.get("clientId") for one in (held.get("userAssignedIdentities") or {}).values()]
        return str(assigned[0]) if assigned else ""
