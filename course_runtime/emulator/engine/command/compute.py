"""Where a command runs: on nodes of a cluster that it waits for, or at once on anything else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from course_runtime.emulator.engine.running_job import RunningJob
from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.services.workspaces import clusters, instances
from course_runtime.emulator.store.resources import Stored

AT_ONCE = ("", "local", "serverless")
RUN_HERE = (clusters.KIND, instances.KIND, "VirtualMachine")


def compute_id(workspace_id: str, properties: Body) -> str:
    """The compute's ARM id; empty for this machine and for serverless compute."""
    given = str(properties.get("computeId") or "").removeprefix("azureml:")
    if given.lower() in AT_ONCE:
        return ""
    return given if given.startswith("/") else f"{workspace_id}/computes/{given}"


def nodes_of(properties: Body) -> int:
    return int((properties.get("resources") or {}).get("instanceCount") or 1)


def require_possible(stored: Stored | None, properties: Body) -> None:
    """Refuse what would wait for ever."""
    if stored is None:
        return
    kind = stored.properties["computeType"]
    if kind not in RUN_HERE:
        raise user_error(
            f"Jobs are not run on a compute of type '{kind}' ('{stored.name}') here: on {', '.join(RUN_HERE)} and "
            "serverless compute they are."
        )
    if kind == clusters.KIND:
        most = stored.properties["properties"]["scaleSettings"]["maxNodeCount"]
        if nodes_of(properties) > most:
            raise user_error(
                f"The job asks for {nodes_of(properties)} nodes (instance_count); the cluster '{stored.name}' has "
                f"{most} at most. Ask for fewer, or raise the cluster's maximum."
            )


@asynccontextmanager
async def nodes(job: RunningJob, target_id: str) -> AsyncIterator[None]:
    """Waits for the job's nodes, and gives them back."""
    target = job.cloud.resources.get(target_id) if target_id else None
    if target_id and target is None:
        raise AzureError(
            404, "ComputeNotFound", f"The compute '{target_id}' was not found: it has been deleted."
        )
    if target is None or target.properties["computeType"] == "VirtualMachine":
        yield
    elif target.properties["computeType"] == instances.KIND:
        _require_running(target)
        instances.touch(target, job.cloud)
        yield
    else:
        try:
            await job.engine.nodes.get(target.id, job.name, nodes_of(job.properties))
            yield
        finally:
            job.engine.nodes.give_back(target.id, job.name)


def _require_running(instance: Stored) -> None:
    state = instance.properties["properties"]["state"]
    if state != "Running":
        raise user_error(
            f"Compute instance '{instance.name}' is in the state '{state}' and cannot run jobs. Start it, then submit "
            "the job again."
        )
