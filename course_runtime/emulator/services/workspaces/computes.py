"""Microsoft.MachineLearningServices/workspaces/computes: what all compute targets share; each kind has its own file."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, bad_request
from course_runtime.emulator.kernel.long_running import LongRunning, accepted
from course_runtime.emulator.kernel.resource import action
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.arm.locations import normalised
from course_runtime.emulator.services.workspaces import attached, clusters, cost, instances, names
from course_runtime.emulator.services.workspaces.identities import with_principal
from course_runtime.emulator.store.resources import Stored

KINDS = {kind.lower(): kind for kind in (clusters.KIND, instances.KIND, *attached.RESOURCE_TYPES)}
NAME_LENGTHS = {clusters.KIND: (3, 32), instances.KIND: (3, 24)}
OTHER_LENGTHS = (2, 16)


class Computes(LongRunning):
    type = f"{names.WORKSPACES}/computes"
    shape: ClassVar[Shape] = {
        "computeLocation": str,
        "resourceId": str,
        "properties": clusters.SHAPE | instances.SHAPE | attached.SHAPE,
    }

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        kind = _require_kind(properties, existing)
        if existing is None:
            _require_compute_name(context.path.name, kind)
        body["location"] = normalised(body.get("location") or names.location(context), self.type)
        inner = properties["properties"] = _object(properties, "properties")
        if kind == clusters.KIND:
            where = normalised(properties.get("computeLocation") or body["location"], self.type)
            clusters.validate(inner, where, context, existing)
        elif kind == instances.KIND:
            instances.validate(inner, body["location"], context, existing)
        else:
            attached.validate(kind, properties)

    def take_secrets(self, body: Body, context: Context) -> Body:
        inner = body["properties"]["properties"]
        found = attached.take_secrets(inner)
        credentials = inner.get("userAccountCredentials") or {}
        if credentials.pop("adminUserPassword", None):
            found["has_password"] = True
        return found

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        kind, inner = properties["computeType"], properties["properties"]
        if kind == clusters.KIND:
            clusters.defaults(inner, context, existing)
        elif kind == instances.KIND:
            instances.defaults(inner, body["location"], context, existing)
        else:
            attached.defaults(kind, inner)
        now = context.cloud.clock.timestamp()
        properties |= {
            "computeLocation": properties.get("computeLocation") or body["location"],
            "provisioningState": "Succeeded",
            "provisioningErrors": None,
            "createdOn": existing.properties["createdOn"] if existing else now,
            "modifiedOn": now,
            "resourceId": properties.get("resourceId"),
            "isAttachedCompute": kind in attached.RESOURCE_TYPES,
            "disableLocalAuth": bool(properties.get("disableLocalAuth")),
            "description": properties.get("description"),
        }
        if body.get("identity"):
            body["identity"] = with_principal(body["identity"], f"{context.path.name}", context, existing)
        body["tags"] = body.get("tags") or {}

    def created(self, stored: Stored, context: Context) -> None:
        self._begin(stored, context, is_new=True)

    def updated(self, stored: Stored, context: Context) -> None:
        self._begin(stored, context, is_new=False)

    def _begin(self, stored: Stored, context: Context, *, is_new: bool) -> None:
        kind = stored.properties["computeType"]
        if kind == clusters.KIND:
            clusters.adjust(stored, context.cloud, may_shrink=not is_new)
        if kind == instances.KIND:
            instances.begin(stored, context.cloud, is_new=is_new)

    def require_deletable(self, stored: Stored, context: Context) -> None:
        jobs = stored.secrets.get("jobs")
        if jobs:
            raise AzureError(
                409,
                "ComputeInUse",
                f"The compute '{stored.name}' cannot be deleted while it runs jobs: {', '.join(jobs)}. "
                "Cancel them or wait until they have ended.",
            )

    def deleting(self, stored: Stored, context: Context) -> None:
        cost.stop(context.cloud, stored.id)

    def timer(self, name: str, stored: Stored, payload: Body, context: Context) -> None:
        if stored.properties["computeType"] == clusters.KIND:
            clusters.timer(name, stored, context.cloud)
        else:
            instances.timer(name, stored, payload, context.cloud)

    @action("start")
    def start(self, stored: Stored, context: Context) -> Reply:
        instances.start(_instance(stored, "start"), context.cloud)
        return accepted(context)

    @action("stop")
    def stop(self, stored: Stored, context: Context) -> Reply:
        instances.stop(_instance(stored, "stop"), context.cloud)
        return accepted(context)

    @action("restart")
    def restart(self, stored: Stored, context: Context) -> Reply:
        if _instance(stored, "restart").properties["properties"]["state"] != "Running":
            raise AzureError(
                409,
                "InvalidComputeState",
                f"The compute instance '{stored.name}' is stopped; only a running one can be restarted. Start it.",
            )
        instances.restart(stored, context.cloud)
        return accepted(context)

    @action("updateIdleShutdownSetting")
    def update_idle_shutdown(self, stored: Stored, context: Context) -> Reply:
        idle = (context.body or {}).get("idleTimeBeforeShutdown")
        inner = _instance(stored, "updateIdleShutdownSetting").properties["properties"]
        instances.validate(
            {**inner, "idleTimeBeforeShutdown": idle}, stored.body["location"], context, stored
        )
        inner["idleTimeBeforeShutdown"] = idle
        instances.touch(stored, context.cloud)
        return Reply(200)

    @action("listNodes")
    def list_nodes(self, stored: Stored, context: Context) -> Reply:
        is_cluster = stored.properties["computeType"] == clusters.KIND
        return Reply(200, {"nodes": clusters.nodes(stored) if is_cluster else []})

    @action("listKeys")
    def list_keys(self, stored: Stored, context: Context) -> Reply:
        """What it takes to log in; only attached machines have such."""
        shown: dict[str, Any] = {"computeType": stored.properties["computeType"]}
        if stored.properties["computeType"] == "VirtualMachine":
            account = stored.properties["properties"].get("administratorAccount") or {}
            known = {name: stored.secrets[name] for name in attached.SECRETS if name in stored.secrets}
            shown["administratorAccount"] = account | known
        return Reply(200, shown)


def check_name(context: Context, body: Body) -> Reply:
    """POST .../checkComputeNameAvailability: instances must have a name of their own in their region."""
    wanted = str(body.get("Name") or body.get("name") or "")
    there = context.cloud.resources.in_subscription(context.path.subscription or "", Computes.type)
    where = names.location(context)
    taken = any(
        one.name.lower() == wanted.lower()
        and one.properties.get("computeType") == instances.KIND
        and one.body["location"] == where
        for one in there
    )
    reason = (
        {"reason": "AlreadyExists", "message": f"The name '{wanted}' is taken in '{where}'."} if taken else {}
    )
    available = {"nameAvailable": not taken, "isValid": True, "NameAvailable": not taken}
    return Reply(200, available | reason)


def _require_kind(properties: Body, existing: Stored | None) -> str:
    given = properties.get("computeType")
    kind = KINDS.get(str(given).lower())
    if kind is None:
        raise bad_request(
            f"The compute type '{given}' is not valid. Compute types are: {', '.join(KINDS.values())}."
        )
    if existing and existing.properties["computeType"] != kind:
        raise AzureError(
            409,
            "ComputeNameAlreadyInUse",
            f"The workspace already has a compute named '{existing.name}', of type "
            f"'{existing.properties['computeType']}'. Choose another name for the '{kind}', or delete the other first.",
        )
    properties["computeType"] = kind
    return kind


def _require_compute_name(name: str, kind: str) -> None:
    least, most = NAME_LENGTHS.get(kind, OTHER_LENGTHS)
    well_formed = re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", name) and not name.endswith("-")
    if not well_formed or not least <= len(name) <= most:
        raise AzureError(
            400,
            "InvalidComputeName",
            f"The compute name '{name}' is invalid. The name of a compute of type '{kind}' must have {least} to {most} "
            "characters, start with a letter, end with a letter or digit, and hold only letters, digits and hyphens.",
        )


def _instance(stored: Stored, verb: str) -> Stored:
    kind = stored.properties["computeType"]
    if kind != instances.KIND:
        raise AzureError(
            400,
            "ComputeOperationNotSupported",
            f"'{verb}' is for compute instances; '{stored.name}' is a compute of type '{kind}'.",
        )
    return stored


def _object(body: Body, field: str) -> Body:
    value = body.get(field) or {}
    if not isinstance(value, dict):
        raise bad_request(f"'{field}' must be a JSON object, {type(value).__name__} came.")
    return value
