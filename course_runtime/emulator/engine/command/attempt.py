"""One start of a command on its nodes: everything laid out, run, and taken away again."""

from __future__ import annotations

import asyncio
import shutil
import signal
from pathlib import Path
from typing import Any

from course_runtime.emulator.engine import materialise, references
from course_runtime.emulator.engine.command import identity, inputs, outputs
from course_runtime.emulator.engine.command.command_line import CommandLine, fill_in, read
from course_runtime.emulator.engine.command.compute import compute_id
from course_runtime.emulator.engine.command.inputs import Inputs
from course_runtime.emulator.engine.command.process import LIMITS, JobProcess
from course_runtime.emulator.engine.command.ranks import Rank, ranks_of
from course_runtime.emulator.engine.command.variables import variables_of
from course_runtime.emulator.engine.environment_packages import EnvironmentPackages, packages_of
from course_runtime.emulator.engine.outcome import COMPLETED, Outcome, failed
from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.pretrained import readable_weights, weights_variables
from course_runtime.emulator.services.workspaces.durations import seconds
from course_runtime.sandbox import Answer, JailSpec, SandboxError, import_guard

COLD = "AZUREML_EMULATOR_COLD_START"
"""An environment variable: the command runs in processes of its own, whatever it is."""
LONGEST_JOB = 30 * 86_400.0
ARTIFACT_FOLDERS = ("outputs", "logs")
LAST_WORDS = 4000


class Attempt:
    def __init__(self, job: RunningJob) -> None:
        self._job = job
        self._code = job.folder / "wd"
        self._outputs = outputs.outputs_of(job, job.folder / "outputs")
        self._ranks = ranks_of(job.properties)

    async def run(self) -> Outcome:
        job = self._job
        job.set_status("Preparing")
        packages = await self._packages()
        if packages.missing:
            return failed("\n".join(packages.missing))
        given = await inputs.lay_out(job, job.folder / "inputs")
        await outputs.lay_out(job, self._outputs)
        await self._lay_out_code()
        variables = await self._weights(packages) | variables_of(job, given, self._outputs)
        own = identity.variables_of(job, compute_id(job.workspace_id, job.properties))
        try:
            outcome = await self._execute(packages, given, variables | own)
        finally:
            identity.forget(job, own)
            job.publish_logs()
        job.set_status("Finalizing")
        await self._keep(given, succeeded=outcome.succeeded)
        return outcome

    async def rescue(self) -> None:
        """What a job that did not get to its end has written is kept, as a mount would have."""
        await self._keep(Inputs(), succeeded=False)

    # Before -----------------------------------------------------------------------------------------

    async def _packages(self) -> EnvironmentPackages:
        """What may be imported; the environment's notes go to the log."""
        job = self._job
        environment_id = str(job.properties.get("environmentId") or "")
        installed = await job.engine.machine.installed()
        properties: dict[str, Any] = {"image": "python"}
        if environment_id:
            kinds = ("environments",)
            stored = references.find_asset(job.cloud, job.workspace_id, environment_id, kinds=kinds)
            properties = stored.properties if stored else properties
        context = await self._build_context(properties)
        packages = packages_of(properties, installed, context.get)
        for sentence in (*packages.notes, *packages.missing):
            job.log(sentence)
        return packages

    async def _weights(self, packages: EnvironmentPackages) -> dict[str, str]:
        find = self._job.engine.machine.weights
        return weights_variables(await asyncio.to_thread(find)) if packages.has_tensorflow else {}

    async def _build_context(self, properties: dict[str, Any]) -> dict[str, str]:
        build = properties.get("build")
        if not build:
            return {}
        folder = self._job.folder / "context"
        place = references.place(self._job.cloud, self._job.workspace_id, str(build["contextUri"]))
        await materialise.download(place, folder)
        return await asyncio.to_thread(_texts, folder)

    async def _lay_out_code(self) -> None:
        job, code_id = self._job, self._job.properties.get("codeId")
        await asyncio.to_thread(shutil.rmtree, self._code, True)
        self._code.mkdir(parents=True)
        if code_id:
            place = references.place(job.cloud, job.workspace_id, str(code_id), kinds=("codes",))
            await materialise.download(place, self._code)
        for name in ARTIFACT_FOLDERS:
            (self._code / name).mkdir(exist_ok=True)

    # The process ------------------------------------------------------------------------------------

    async def _execute(
        self, packages: EnvironmentPackages, given: Inputs, variables: dict[str, str]
    ) -> Outcome:
        job = self._job
        values = {"inputs": given.values, "outputs": {one.name: one.value for one in self._outputs}}
        command = read(fill_in(str(job.properties.get("command") or ""), values))
        cold = variables.get(COLD, "").lower() in ("1", "true") or not command.script
        guard = job.folder / "guard"
        if packages.hidden is not None:
            import_guard.write_sitecustomize(guard, packages.hidden)
        logs = [job.log_file(rank.log).file for rank in self._ranks]
        plan = {
            "folder": str(self._code),
            "command": command.text,
            "script": "" if cold else command.script,
            "arguments": list(command.arguments),
            "hidden": packages.hidden,
            "guard": str(guard) if packages.hidden is not None else "",
            "ranks": [
                {"variables": rank.variables, "log": str(log)}
                for rank, log in zip(self._ranks, logs, strict=True)
            ],
        }
        spec = self._spec(given, guard, variables)
        limit = _seconds_allowed(job)
        async with job.engine.machine.slots:
            try:
                process = await JobProcess.spawn(job, "plain" if cold else packages.import_set, spec)
            except SandboxError as problem:
                return failed(f"The sandbox could not be started: {problem}", "SystemError")
            job.set_status("Running")
            answer = await process.run(plan, limit)
        return self._outcome(command, answer, process, limit)

    def _spec(self, given: Inputs, guard: Path, variables: dict[str, str]) -> JailSpec:
        folder = self._job.folder
        readable = [self._job.engine.machine.trust, guard, *given.readable]
        writable = [self._code, folder / "logs", *given.writable, *(one.folder for one in self._outputs)]
        return JailSpec(
            environment=variables,
            readable=(*(str(path) for path in readable if path.exists()), *readable_weights(variables)),
            writable=tuple(str(path) for path in writable),
            limits=LIMITS,
        )

    def _outcome(self, command: CommandLine, answer: Answer, process: JobProcess, limit: float) -> Outcome:
        if answer.ok:
            for rank, code in zip(self._ranks, answer.value, strict=True):
                if code != 0 and code != -signal.SIGTERM:
                    return failed(self._words(command, rank, code, process))
            if any(answer.value):
                return failed(self._words(command, self._ranks[0], -signal.SIGTERM, process))
            return COMPLETED
        assert answer.failure is not None
        if answer.failure.kind == "timeout":
            return failed(
                f"The job was stopped: it had run for {limit:g} seconds, its time limit (limits.timeout)."
            )
        if answer.failure.kind == "memory":
            return failed(_out_of_memory())
        return failed(f"The job's process ended: {answer.failure.message}")

    def _words(self, command: CommandLine, rank: Rank, code: int, process: JobProcess) -> str:
        """As Azure says it, with the end of the log."""
        if code == -signal.SIGKILL and process.out_of_memory:
            return _out_of_memory()
        how = (
            f"exited with status code {code}"
            if code > 0
            else f"was terminated by the signal {_signal(-code)}"
        )
        said = self._job.log_file(rank.log).tail(LAST_WORDS).strip()
        return (
            f"Execution failed. User process '{command.program}' {how}. Please check log file '{rank.log}' for error "
            f"details. Error: {said}"
        )

    # After ------------------------------------------------------------------------------------------

    async def _keep(self, given: Inputs, *, succeeded: bool) -> None:
        job = self._job
        for name in ARTIFACT_FOLDERS:
            folder = self._code / name
            if folder.is_dir() and not folder.is_symlink():
                await materialise.upload(folder, job.artifacts(name))
        for path, place in given.written_back:
            await materialise.upload(path, place)
        await outputs.upload(job, [one for one in self._outputs if one.folder.is_dir()], succeeded=succeeded)
        if succeeded:
            outputs.register(job, self._outputs)


def _seconds_allowed(job: RunningJob) -> float:
    asked = (job.properties.get("limits") or {}).get("timeout")
    return seconds(asked, "limits.timeout") if asked else LONGEST_JOB


def _texts(folder: Path) -> dict[str, str]:
    return {
        path: (folder / path).read_text(errors="replace")
        for path in materialise.paths(folder)
        if (folder / path).stat().st_size < 1_000_000
    }


def _out_of_memory() -> str:
    return (
        f"Execution failed. The job's processes used more than the {LIMITS.jail_memory_mb} MB of memory that a job has "
        "here, and were killed."
    )


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)
