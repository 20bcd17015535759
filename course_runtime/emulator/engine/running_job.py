"""One job while it runs: what its kind may ask of it and do to it."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_runtime.emulator.engine.job_log import JobLog
from course_runtime.emulator.engine.outcome import Outcome
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.principal import Principal
from course_runtime.emulator.services.history.artifacts import Place, run_place
from course_runtime.emulator.services.history.runs import Run
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud
    from course_runtime.emulator.engine.engine import Engine

STD_LOG = "user_logs/std_log.txt"
STATUS_TIMES = "azureml.emulator.statusTimes"


class RunningJob:
    """Lives on the emulator's loop. Everything that must outlast the emulator is in the job's resource and its run."""

    def __init__(self, engine: Engine, job_id: str) -> None:
        self.engine = engine
        self.cloud: Cloud = engine.cloud
        self.id = job_id
        self.name = parse(job_id).name
        self.workspace_id = job_id.rsplit("/", 2)[0]
        self.cancelled = asyncio.Event()
        """Set when somebody has asked for the job's end; its kind then returns as soon as it can."""
        self.preempted = asyncio.Event()
        """Set when the job's node is taken away."""
        self.outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._logs: dict[str, JobLog] = {}

    # What it is -----------------------------------------------------------------------------------

    @property
    def stored(self) -> Stored:
        found = self.cloud.resources.get(self.id)
        if found is None:
            raise JobGone(self.name)
        return found

    @property
    def properties(self) -> Body:
        """As they are now: those of its resource."""
        return self.stored.properties

    @property
    def workspace(self) -> Stored:
        found = self.cloud.resources.get(self.workspace_id)
        if found is None:
            raise JobGone(self.name)
        return found

    @property
    def run(self) -> Run:
        return self.cloud.runs.require(self.workspace_id, self.name)

    @property
    def principal(self) -> Principal:
        """Who submitted it."""
        submitted_by = self.cloud.principals.get(str(self.stored.secrets.get("principal")))
        found = submitted_by or self.cloud.principals.first(kind="User")
        if found is None:
            raise JobGone(self.name)
        return found

    @property
    def folder(self) -> Path:
        """On this machine, for as long as the job is not over; another start of the same job finds it again."""
        return self.engine.folder / self.name

    def artifacts(self, path: str = "") -> Place:
        """Where the run's artifacts lie, logs among them."""
        place = run_place(self.cloud, self.workspace, self.name)
        return place.at(path) if path else place

    # What it tells --------------------------------------------------------------------------------

    def set_status(self, status: str, **changes: Any) -> None:
        """In the job and in its run; `changes` are further ones of the run."""
        self.update(status=status)
        times = json.loads(self.run.properties.get(STATUS_TIMES, "[]"))
        times.append([status, self.cloud.clock.timestamp()])
        properties = changes.pop("properties", {}) | {STATUS_TIMES: json.dumps(times)}
        self.cloud.runs.update(self.workspace_id, self.name, status=status, properties=properties, **changes)

    def update(self, **changes: Any) -> None:
        """Properties of the job's resource; those under `properties` and `outputs` are merged."""
        stored = self.stored
        for name in ("properties", "outputs"):
            if name in changes:
                changes[name] = (stored.properties.get(name) or {}) | changes[name]
        stored.properties.update(changes)
        self.cloud.resources.put(parse(self.id), stored)

    def set_properties(self, **properties: str) -> None:
        """Properties that both the job and its run show, such as `best_child_run_id`."""
        self.update(properties=properties)
        self.cloud.runs.update(self.workspace_id, self.name, properties=properties)

    def log(self, text: str, name: str = STD_LOG) -> None:
        """A line of a log, at once to be seen by who streams it."""
        self.log_file(name).write(text if text.endswith("\n") else f"{text}\n")

    def log_file(self, name: str = STD_LOG) -> JobLog:
        if name not in self._logs:
            self._logs[name] = JobLog(self.folder / "logs" / name, self.artifacts(name))
        return self._logs[name]

    def publish_logs(self) -> None:
        for log in self._logs.values():
            log.publish()

    def close_logs(self) -> None:
        for log in self._logs.values():
            log.close()
        self._logs.clear()

    # Children and its end -------------------------------------------------------------------------

    def submit(self, name: str, body: Body) -> RunningJob:
        """A child of this job. One of that name that is there already (before a restart) is that child."""
        child_id = f"{self.workspace_id}/jobs/{name}"
        if self.cloud.resources.get(child_id) is None:
            properties = body["properties"] | {"parentJobName": self.name}
            properties.setdefault("experimentName", self.properties["experimentName"])
            context = self.cloud.context(child_id, method="PUT")
            resource = self.cloud.registry.require(context.path.full_type)
            resource.write(
                context.at(context.path, principal=self.principal), body | {"properties": properties}, None
            )
        return self.engine.job(child_id)

    async def finished(self) -> Outcome:
        return await asyncio.shield(self.outcome)


class JobGone(Exception):
    """The job was deleted, or its workspace was, while it ran."""
