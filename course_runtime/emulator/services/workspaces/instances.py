"""ComputeInstance: one person's machine, started and stopped by hand, on a schedule, or when it is idle."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError, bad_request
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.arm import vm_sizes
from course_runtime.emulator.services.workspaces import cost, durations
from course_runtime.emulator.services.workspaces.triggers import TRIGGER_SHAPE, next_time, require_trigger
from course_runtime.emulator.services.workspaces.vm_checks import require_quota, require_size
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

KIND = "ComputeInstance"
IDLE_LIMITS = (15 * 60, 3 * 24 * 3600)
APPLICATIONS = ("Jupyter", "JupyterLab", "RStudio", "VS Code")
SHAPE = {
    "vmSize": str,
    "idleTimeBeforeShutdown": str,
    "sshSettings": dict,
    "schedules": {
        "computeStartStop": [
            {"id": str, "action": str, "status": str, "cron": TRIGGER_SHAPE, "recurrence": TRIGGER_SHAPE}
        ]
    },
}
KEPT = ("state", "createdBy", "lastOperation", "connectivityEndpoints", "applications", "activity")


def validate(inner: Body, location: str, context: Context, existing: Stored | None) -> None:
    size = require_size(inner.get("vmSize"), location)
    if existing is None:
        _require_name_free(location, context)
        require_quota(context, size, 1, location, code="ClusterCoreQuotaReached")
    elif str(inner["vmSize"]).lower() != existing.properties["properties"]["vmSize"].lower():
        kept = existing.properties["properties"]["vmSize"]
        raise bad_request(
            f"The VM size of a compute instance cannot be changed here: it is '{kept}', '{inner['vmSize']}' came. "
            "Delete the instance first, or choose another name."
        )
    _require_idle_time(inner.get("idleTimeBeforeShutdown"))
    for schedule in _schedules(inner):
        if str(schedule.get("action")).lower() not in ("start", "stop"):
            raise bad_request(
                f"The schedule action '{schedule.get('action')}' is not valid: 'Start' or 'Stop' was expected."
            )
        require_trigger(_trigger(schedule))


def _require_name_free(location: str, context: Context) -> None:
    """Instances share one name space a region."""
    computes = context.cloud.resources.in_subscription(
        context.path.subscription or "", context.path.full_type
    )
    for other in computes:
        same_name = other.name.lower() == context.path.name.lower()
        if (
            same_name
            and other.properties.get("computeType") == KIND
            and other.body.get("location") == location
        ):
            raise AzureError(
                409,
                "ComputeNameAlreadyInUse",
                f"The compute instance name '{context.path.name}' is already taken in the region '{location}'. "
                "The name must be unique across all existing computes within an Azure region.",
            )


def _require_idle_time(text: str | None) -> None:
    if not text:
        return
    least, most = IDLE_LIMITS
    if not least <= durations.seconds(text, "idleTimeBeforeShutdown") <= most:
        raise bad_request(
            f"idleTimeBeforeShutdown '{text}' is out of range: 15 minutes (PT15M) to 3 days (P3D) are allowed."
        )


def defaults(inner: Body, location: str, context: Context, existing: Stored | None) -> None:
    cloud = context.cloud
    kept = existing.properties["properties"] if existing else {}
    for field in ("state", *KEPT):
        inner.pop(field, None)
    inner |= {field: kept[field] for field in KEPT if field in kept}
    inner.setdefault("state", "Running")
    inner.setdefault("applications", _applications(context.path.name, location))
    inner.setdefault("connectivityEndpoints", {"publicIpAddress": None, "privateIpAddress": "10.0.0.4"})
    inner.setdefault("createdBy", _person(context))
    inner.setdefault("lastOperation", _operation("Create", "User", cloud))
    ssh = inner.get("sshSettings") or {}
    inner["sshSettings"] = {
        "sshPublicAccess": ssh.get("sshPublicAccess") or "Disabled",
        "adminUserName": "azureuser",
        "sshPort": 50000,
        "adminPublicKey": ssh.get("adminPublicKey"),
    }
    inner |= {"errors": [], "subnet": inner.get("subnet")}
    inner["applicationSharingPolicy"] = inner.get("applicationSharingPolicy") or "Shared"
    inner["osImageMetadata"] = {"currentImageVersion": "24.06.01", "latestImageVersion": "24.06.01"}
    inner["osImageMetadata"]["isLatestOsImageVersion"] = True
    for schedule in _schedules(inner):
        schedule["id"] = schedule.get("id") or str(uuid.uuid4())
        schedule["status"] = schedule.get("status") or "Enabled"
        schedule["provisioningStatus"] = "Completed"


def begin(stored: Stored, cloud: Cloud, *, is_new: bool) -> None:
    """Put the schedules on the clock, and the meter and the idle watch on a machine that is new."""
    for schedule in _schedules(stored.properties["properties"]):
        _plan(schedule, stored, cloud)
    if is_new:
        _meter(stored, cloud)
    touch(stored, cloud)


def start(stored: Stored, cloud: Cloud, trigger: str = "User") -> None:
    _move(stored, cloud, "Running", _operation("Start", trigger, cloud))
    touch(stored, cloud)


def stop(stored: Stored, cloud: Cloud, trigger: str = "User") -> None:
    _move(stored, cloud, "Stopped", _operation("Stop", trigger, cloud))


def restart(stored: Stored, cloud: Cloud) -> None:
    _move(stored, cloud, "Running", _operation("Restart", "User", cloud))
    touch(stored, cloud)


def touch(stored: Stored, cloud: Cloud) -> None:
    """Somebody used the machine: the idle time counts from now."""
    now = cloud.clock.now()
    stored.secrets["active_at"] = now
    cloud.resources.put(parse(stored.id), stored)
    idle = stored.properties["properties"].get("idleTimeBeforeShutdown")
    if idle:
        seconds = durations.seconds(idle, "idleTimeBeforeShutdown")
        cloud.clock.later(seconds, "idle", stored.id, {"active_at": now})


def timer(name: str, stored: Stored, payload: Body, cloud: Cloud) -> None:
    inner = stored.properties["properties"]
    if name == "idle":
        if inner["state"] == "Running" and stored.secrets.get("active_at") == payload["active_at"]:
            stop(stored, cloud, "IdleShutdown")
        return
    schedule = next((one for one in _schedules(inner) if one["id"] == payload["id"]), None)
    if schedule is None or schedule != payload["schedule"]:
        return
    _plan(schedule, stored, cloud)
    if schedule["status"] == "Enabled":
        act = start if str(schedule["action"]).lower() == "start" else stop
        act(stored, cloud, "Schedule")


def _plan(schedule: Body, stored: Stored, cloud: Cloud) -> None:
    now = cloud.clock.now()
    due = next_time(_trigger(schedule), now)
    if due is not None and schedule["status"] == "Enabled":
        cloud.clock.later(due - now, "schedule", stored.id, {"id": schedule["id"], "schedule": schedule})


def _schedules(inner: Body) -> list[Body]:
    return (inner.get("schedules") or {}).get("computeStartStop") or []


def _trigger(schedule: Body) -> Body:
    return schedule.get("cron") or schedule.get("recurrence") or {}


def _move(stored: Stored, cloud: Cloud, state: str, operation: Body) -> None:
    stored.properties["properties"] |= {"state": state, "lastOperation": operation}
    cloud.resources.put(parse(stored.id), stored)
    _meter(stored, cloud)


def _meter(stored: Stored, cloud: Cloud) -> None:
    inner = stored.properties["properties"]
    size = vm_sizes.find(inner["vmSize"])
    rate = size.price() if size and inner["state"] == "Running" else 0.0
    cost.set_rate(cloud, stored.id, rate, f"1 x {inner['vmSize']}, {inner['state']}")


def _operation(name: str, trigger: str, cloud: Cloud) -> Body:
    return {
        "operationName": name,
        "operationTime": cloud.clock.timestamp(),
        "operationStatus": "Succeeded",
        "operationTrigger": trigger,
    }


def _applications(name: str, location: str) -> list[Body]:
    host = f"{name}.{location}.instances.azureml.ms"
    return [
        {"displayName": one, "endpointUri": f"https://{host}/{one.lower().replace(' ', '')}/"}
        for one in APPLICATIONS
    ]


def _person(context: Context) -> Body:
    return {
        "userObjectId": context.principal.object_id,
        "userTenantId": context.cloud.identity.tenant_id,
        "userName": context.principal.name,
    }
