"""Computes that Azure ML only knows of: virtual machines, Kubernetes clusters and others attached by their ids."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.kernel.errors import bad_request
from course_runtime.emulator.kernel.path import parse

RESOURCE_TYPES = {
    "VirtualMachine": ("Microsoft.Compute/virtualMachines",),
    "Kubernetes": ("Microsoft.ContainerService/managedClusters", "Microsoft.Kubernetes/connectedClusters"),
    "AKS": ("Microsoft.ContainerService/managedClusters",),
    "SynapseSpark": ("Microsoft.Synapse/workspaces/bigDataPools",),
    "Databricks": ("Microsoft.Databricks/workspaces",),
    "DataFactory": ("Microsoft.DataFactory/factories",),
    "DataLakeAnalytics": ("Microsoft.DataLakeAnalytics/accounts",),
    "HDInsight": ("Microsoft.HDInsight/clusters",),
}
SHAPE = {"administratorAccount": dict, "address": str, "namespace": str}
SECRETS = ("password", "privateKeyData", "publicKeyData")


def validate(kind: str, properties: Body) -> None:
    """The id must be one of a resource that can be attached as this kind."""
    resource_id = properties.get("resourceId")
    if kind == "VirtualMachine" and not resource_id and (properties.get("properties") or {}).get("address"):
        return
    expected = [one.lower() for one in RESOURCE_TYPES[kind]]
    if not resource_id or parse(str(resource_id)).full_type.lower() not in expected:
        raise bad_request(
            f"To attach a compute of type '{kind}', 'resourceId' must be the ARM id of a resource of type "
            f"{' or '.join(RESOURCE_TYPES[kind])}; '{resource_id}' came.",
        )


def take_secrets(inner: Body) -> Body:
    account = inner.get("administratorAccount") or {}
    return {name: account.pop(name) for name in SECRETS if account.get(name)}


def defaults(kind: str, inner: Body) -> None:
    if kind == "Kubernetes":
        inner["namespace"] = inner.get("namespace") or "default"
        inner["defaultInstanceType"] = inner.get("defaultInstanceType") or "defaultinstancetype"
        inner.setdefault("instanceTypes", {})
    if kind == "VirtualMachine":
        inner["sshPort"] = inner.get("sshPort") or 22
