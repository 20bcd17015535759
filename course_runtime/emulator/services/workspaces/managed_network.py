"""A workspace's managed network: its settings, and whether it is provisioned. Nothing is cut off from anything here."""

from __future__ import annotations

import uuid

from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.store.resources import Stored

ISOLATION_MODES = ("Disabled", "AllowInternetOutbound", "AllowOnlyApprovedOutbound")
SHAPE: Shape = {"isolationMode": str, "outboundRules": {"*": dict}}


def complete(asked: Body, kept: Body) -> Body:
    """The settings as the service answers them; what it decides itself stays as it is kept."""
    given = str(asked.get("isolationMode") or "Disabled")
    mode = next((one for one in ISOLATION_MODES if one.lower() == given.lower()), None)
    if mode is None:
        raise AzureError(
            400,
            "ValidationError",
            f"'{given}' is not an isolation mode of a managed network: one of {', '.join(ISOLATION_MODES)} was "
            "expected.",
        )
    decided = {
        "networkId": kept.get("networkId") or str(uuid.uuid4()),
        "status": kept.get("status") or {"status": "Inactive", "sparkReady": False},
    }
    return asked | {"isolationMode": mode, "outboundRules": asked.get("outboundRules") or {}} | decided


def provision(workspace: Stored, *, include_spark: bool) -> Body:
    """The network is there from now on; its status."""
    network = workspace.properties.get("managedNetwork") or {}
    if network.get("isolationMode", "Disabled") == "Disabled":
        raise AzureError(
            400,
            "ValidationError",
            f"The workspace '{workspace.name}' has no managed network to provision: its isolation mode is 'Disabled'. "
            "Set managed_network to AllowInternetOutbound or AllowOnlyApprovedOutbound first.",
        )
    spark_ready = include_spark or network["status"]["sparkReady"]
    network["status"] = {"status": "Active", "sparkReady": spark_ready}
    status: Body = network["status"]
    return status
