"""AmlCompute: a cluster that grows to its jobs and shrinks when its nodes stand idle.

The engine asks for nodes with `occupy` and gives them back with `release`; the rest happens on the clock.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, bad_request
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.arm import vm_sizes
from course_runtime.emulator.services.workspaces import cost, durations
from course_runtime.emulator.services.workspaces.vm_checks import require_limit, require_quota, require_size
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

KIND = "AmlCompute"
SECONDS_TO_RESIZE = 0.3
"""Minutes in Azure; here somebody waits for it."""
IDLE_BY_DEFAULT = "PT120S"
PRIORITIES = {"dedicated": "Dedicated", "lowpriority": "LowPriority"}
SHAPE = {"vmSize": str, "vmPriority": str, "userAccountCredentials": dict} | {
    "scaleSettings": {"nodeIdleTimeBeforeScaleDown": str}
}
NO_NODES = {
    "idleNodeCount": 0,
    "runningNodeCount": 0,
    "preparingNodeCount": 0,
    "unusableNodeCount": 0,
    "leavingNodeCount": 0,
    "preemptedNodeCount": 0,
}


def validate(inner: Body, location: str, context: Context, existing: Stored | None) -> None:
    size = require_size(inner.get("vmSize"), location)
    priority = PRIORITIES.get(str(inner.get("vmPriority") or "Dedicated").lower())
    if priority is None:
        raise bad_request(
            f"The VM priority '{inner['vmPriority']}' is not valid: 'Dedicated' or 'LowPriority' was expected."
        )
    inner["vmPriority"] = priority
    least, most = _node_counts(inner)
    low_priority = priority == "LowPriority"
    require_limit(context, size, most, location, low_priority=low_priority)
    code = "ClusterMinNodesExceedCoreQuota"
    require_quota(context, size, least, location, code=code, low_priority=low_priority)
    if existing:
        _require_unchanged(inner, existing.properties["properties"])


def _node_counts(inner: Body) -> tuple[int, int]:
    scale = inner.get("scaleSettings") or {}
    least, most = scale.get("minNodeCount") or 0, scale.get("maxNodeCount")
    most = 1 if most is None else most
    if not isinstance(least, int) or not isinstance(most, int) or least < 0 or most < 0:
        raise bad_request(
            f"Node counts must be whole numbers of 0 or more; min '{least}' and max '{most}' came."
        )
    if least > most:
        raise bad_request(
            f"The minimum node count ({least}) must not be larger than the maximum node count ({most})."
        )
    durations.seconds(
        scale.get("nodeIdleTimeBeforeScaleDown") or IDLE_BY_DEFAULT, "nodeIdleTimeBeforeScaleDown"
    )
    return least, most


def _require_unchanged(inner: Body, kept: Body) -> None:
    for field in ("vmSize", "vmPriority"):
        if str(inner[field]).lower() != str(kept[field]).lower():
            raise bad_request(
                f"The property '{field}' of a cluster cannot be changed once it is created: it is '{kept[field]}', "
                f"'{inner[field]}' came. Delete the cluster first, or choose another name."
            )


def defaults(inner: Body, context: Context, existing: Stored | None) -> None:
    kept = existing.properties["properties"] if existing else {}
    scale = dict(inner.get("scaleSettings") or {})
    least, most = _node_counts(inner)
    idle = scale.get("nodeIdleTimeBeforeScaleDown") or IDLE_BY_DEFAULT
    inner["scaleSettings"] = {
        "minNodeCount": least,
        "maxNodeCount": most,
        "nodeIdleTimeBeforeScaleDown": idle,
    }
    inner |= {
        "osType": inner.get("osType") or "Linux",
        "subnet": inner.get("subnet"),
        "enableNodePublicIp": True
        if inner.get("enableNodePublicIp") is None
        else inner["enableNodePublicIp"],
        "remoteLoginPortPublicAccess": inner.get("remoteLoginPortPublicAccess") or "NotSpecified",
        "isolatedNetwork": inner.get("isolatedNetwork") or False,
        "errors": None,
        "currentNodeCount": kept.get("currentNodeCount", 0),
        "targetNodeCount": kept.get("targetNodeCount", 0),
        "nodeStateCounts": kept.get("nodeStateCounts", NO_NODES),
        "allocationState": kept.get("allocationState", "Steady"),
        "allocationStateTransitionTime": kept.get(
            "allocationStateTransitionTime", context.cloud.clock.timestamp()
        ),
    }


def occupy(cloud: Cloud, cluster_id: str, job: str, nodes: int) -> None:
    """A job wants nodes; the cluster grows towards them, as far as it may."""
    stored = _cluster(cloud, cluster_id)
    stored.secrets.setdefault("jobs", {})[job] = nodes
    adjust(stored, cloud)


def release(cloud: Cloud, cluster_id: str, job: str) -> None:
    """The job needs its nodes no more; they go when they have been idle for long enough."""
    stored = cloud.resources.get(cluster_id)
    if stored is None:
        return
    stored.secrets.get("jobs", {}).pop(job, None)
    _count_states(stored)
    cloud.resources.put(parse(stored.id), stored)
    idle = stored.properties["properties"]["scaleSettings"]["nodeIdleTimeBeforeScaleDown"]
    cloud.clock.later(durations.seconds(idle, "nodeIdleTimeBeforeScaleDown"), "idle", stored.id)


def adjust(stored: Stored, cloud: Cloud, *, may_shrink: bool = False) -> None:
    """Head for the number of nodes that the jobs want, between the minimum and the maximum."""
    inner = stored.properties["properties"]
    scale = inner["scaleSettings"]
    wanted = max(scale["minNodeCount"], min(wanted_nodes(stored), scale["maxNodeCount"]))
    floor = 0 if may_shrink else min(inner["targetNodeCount"], scale["maxNodeCount"])
    target = max(wanted, floor)
    if target != inner["targetNodeCount"]:
        inner |= {"targetNodeCount": target, "allocationState": "Resizing"}
        inner["allocationStateTransitionTime"] = cloud.clock.timestamp()
        cloud.clock.later(SECONDS_TO_RESIZE, "resized", stored.id)
    _count_states(stored)
    cloud.resources.put(parse(stored.id), stored)


def timer(name: str, stored: Stored, cloud: Cloud) -> None:
    if name == "idle":
        adjust(stored, cloud, may_shrink=True)
        return
    inner = stored.properties["properties"]
    inner |= {"currentNodeCount": inner["targetNodeCount"], "allocationState": "Steady"}
    inner["allocationStateTransitionTime"] = cloud.clock.timestamp()
    _count_states(stored)
    cloud.resources.put(parse(stored.id), stored)
    _meter(stored, cloud)


def placed(stored: Stored) -> list[str]:
    """The jobs that have nodes: as many of the first ones as the cluster has nodes for."""
    free = stored.properties["properties"]["currentNodeCount"]
    found = []
    for job, number in stored.secrets.get("jobs", {}).items():
        free -= number
        if free < 0:
            break
        found.append(job)
    return found


def preempt(cloud: Cloud, cluster_id: str, job: str) -> None:
    """Azure takes a node back; the job that had it loses all of its nodes and waits again, before all others."""
    stored = _cluster(cloud, cluster_id)
    inner = stored.properties["properties"]
    jobs = stored.secrets.get("jobs", {})
    if job in jobs:
        running = [one for one in placed(stored) if one != job]
        number = jobs.pop(job)
        waiting = {one: jobs[one] for one in jobs if one not in running}
        stored.secrets["jobs"] = {one: jobs[one] for one in running} | {job: number} | waiting
    inner["currentNodeCount"] = max(0, inner["currentNodeCount"] - 1)
    inner["allocationState"] = "Resizing"
    inner["allocationStateTransitionTime"] = cloud.clock.timestamp()
    cloud.clock.later(SECONDS_TO_RESIZE, "resized", stored.id)
    _count_states(stored)
    inner["nodeStateCounts"] = inner["nodeStateCounts"] | {"preemptedNodeCount": 1}
    cloud.resources.put(parse(stored.id), stored)
    _meter(stored, cloud)


def wanted_nodes(stored: Stored) -> int:
    return sum(stored.secrets.get("jobs", {}).values())


def nodes(stored: Stored) -> list[Body]:
    """The nodes as listNodes shows them; the jobs sit on the first ones."""
    inner = stored.properties["properties"]
    wanted = stored.secrets.get("jobs", {})
    holders = [job for job in placed(stored) for _ in range(wanted[job])]
    return [_node(stored.id, index, holders) for index in range(inner["currentNodeCount"])]


def _node(cluster_id: str, index: int, holders: list[str]) -> Body:
    digest = hashlib.sha256(f"{cluster_id.lower()}/{index}".encode()).hexdigest()
    job = holders[index] if index < len(holders) else None
    return {
        "nodeId": f"tvmps_{digest}_d",
        "privateIpAddress": f"10.0.0.{4 + index % 250}",
        "publicIpAddress": None,
        "port": 50000 + index,
        "nodeState": "running" if job else "idle",
        "runId": job,
    }


def _count_states(stored: Stored) -> None:
    inner = stored.properties["properties"]
    current = inner["currentNodeCount"]
    wanted = stored.secrets.get("jobs", {})
    running = sum(wanted[job] for job in placed(stored))
    inner["nodeStateCounts"] = NO_NODES | {"runningNodeCount": running, "idleNodeCount": current - running}


def _meter(stored: Stored, cloud: Cloud) -> None:
    inner = stored.properties["properties"]
    size = vm_sizes.find(inner["vmSize"])
    count = inner["currentNodeCount"]
    price = size.price(low_priority=inner["vmPriority"] == "LowPriority") if size else 0.0
    cost.set_rate(cloud, stored.id, count * price, f"{count} x {inner['vmSize']} ({inner['vmPriority']})")


def _cluster(cloud: Cloud, cluster_id: str) -> Stored:
    stored = cloud.resources.get(cluster_id)
    if stored is None:
        raise AzureError(404, "ComputeNotFound", f"The compute '{cluster_id}' was not found.")
    return stored
