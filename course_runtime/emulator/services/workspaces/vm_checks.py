"""Refusals that clusters and compute instances share: unknown size, size not in the region, too little quota."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Context
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.arm import quota, vm_sizes
from course_runtime.emulator.services.arm.vm_sizes import VmSize

QUOTA_LINK = "https://aka.ms/azuremlquota"


def require_size(name: object, location: str) -> VmSize:
    """The size, when the region has it."""
    offered = vm_sizes.in_region(location)
    size = vm_sizes.find(str(name))
    if size in offered:
        return size
    reason = "is not available in" if size else "is not a VM size that is supported in"
    raise AzureError(
        400,
        "InvalidVmSize",
        f"The VM size '{name}' {reason} the region '{location}'. Supported VM sizes: "
        f"{', '.join(one.name for one in offered)}.",
    )


def require_quota(
    context: Context, size: VmSize, nodes: int, location: str, *, code: str, low_priority: bool = False
) -> None:
    """Refuse what does not fit into what is left of the family's quota."""
    maximum, in_use = quota.remaining(
        context.cloud,
        context.path.subscription or "",
        location,
        size,
        leaving_out=context.path.id,
        low_priority=low_priority,
    )
    if in_use + nodes * size.vcpus > maximum:
        raise _quota_exceeded(size, nodes, location, maximum, in_use, code, low_priority)


def require_limit(context: Context, size: VmSize, nodes: int, location: str, *, low_priority: bool) -> None:
    """Refuse a cluster that could never grow to its largest size, whatever else is running."""
    subscription = context.path.subscription or ""
    names = [quota.LOW_PRIORITY] if low_priority else [size.family, quota.TOTAL]
    maximum = min(quota.limit(context.cloud, subscription, location, name) for name in names)
    if nodes * size.vcpus > maximum:
        raise _quota_exceeded(
            size, nodes, location, maximum, 0, "ClusterMaxNodesExceedCoreQuota", low_priority
        )


def _quota_exceeded(
    size: VmSize, nodes: int, location: str, maximum: int, in_use: int, code: str, low_priority: bool
) -> AzureError:
    family = "low-priority" if low_priority else size.family
    return AzureError(
        400,
        code,
        f"Operation results in exceeding quota limits of Core. Maximum allowed: {maximum}, Current in use: {in_use}, "
        f"Additional requested: {nodes * size.vcpus} ({nodes} x {size.name} of {size.vcpus} vCPUs, quota '{family}' in "
        f"'{location}'). Please read more about quota increase at {QUOTA_LINK}.",
    )
