"""vCPU quota a region: how many cores each VM family may use, and how many are in use.

The limits are low, as in a new subscription, so that they are met. The emulator's master sets one by writing
`Microsoft.Quota/quotas/{family}` on `{subscription}/providers/Microsoft.MachineLearningServices/locations/{region}`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError, invalid_request
from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.arm import vm_sizes
from course_runtime.emulator.services.arm.locations import normalised
from course_runtime.emulator.store.resources import Stored

if TYPE_CHECKING:
    from course_runtime.emulator.cloud import Cloud

QUOTAS = "Microsoft.Quota/quotas"
COMPUTES = "Microsoft.MachineLearningServices/workspaces/computes"
DEPLOYMENTS = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"
TOTAL = "TotalDedicatedCores"
LOW_PRIORITY = "TotalLowPriorityCores"
LIMITS = {TOTAL: 350, LOW_PRIORITY: 100}
GPU_LIMITS = {"standardNCFamily": 24, "standardNCSv3Family": 24, "Standard NCASv3_T4 Family": 16}
CPU_LIMIT = 100


def limit(cloud: Cloud, subscription: str, location: str, name: str) -> int:
    """The cores that may be used of a family, or in total."""
    set_by_hand = cloud.resources.get(f"{_region(subscription, location)}/providers/{QUOTAS}/{name}")
    if set_by_hand:
        return int(set_by_hand.properties["limit"]["value"])
    return LIMITS[name] if name in LIMITS else _family_limit(name)


def _family_limit(family: str) -> int:
    has_gpus = any(size.gpus for size in vm_sizes.CATALOGUE if size.family == family)
    return GPU_LIMITS.get(family, 0) if has_gpus else CPU_LIMIT


def used(cloud: Cloud, subscription: str, location: str, *, leaving_out: str = "") -> dict[str, int]:
    """Cores in use by quota name; one resource may be left out, to ask what remains for it."""
    cores: dict[str, int] = {}
    for type_name in (COMPUTES, DEPLOYMENTS):
        for stored in cloud.resources.in_subscription(subscription, type_name):
            if stored.body.get("location") != location or stored.id.lower() == leaving_out.lower():
                continue
            for name, number in _cores_of(stored).items():
                cores[name] = cores.get(name, 0) + number
    return cores


def _cores_of(stored: Stored) -> dict[str, int]:
    inner = stored.properties.get("properties") or {}
    size = vm_sizes.find(inner.get("vmSize") or stored.properties.get("instanceType") or "")
    if size is None:
        return {}
    nodes = _nodes_of(stored, inner)
    if inner.get("vmPriority") == "LowPriority":
        return {LOW_PRIORITY: nodes * size.vcpus}
    return {size.family: nodes * size.vcpus, TOTAL: nodes * size.vcpus}


def _nodes_of(stored: Stored, inner: Body) -> int:
    kind = stored.properties.get("computeType")
    if kind == "AmlCompute":
        return int(inner.get("targetNodeCount") or 0)
    if kind == "ComputeInstance":
        return 0 if inner.get("state") == "Stopped" and inner.get("releaseQuotaOnStop") else 1
    return int((stored.body.get("sku") or {}).get("capacity") or 1)


def remaining(
    cloud: Cloud,
    subscription: str,
    location: str,
    size: vm_sizes.VmSize,
    *,
    leaving_out: str,
    low_priority: bool,
) -> tuple[int, int]:
    """The limit that binds for a size, and what of it is in use."""
    in_use = used(cloud, subscription, location, leaving_out=leaving_out)
    names = [LOW_PRIORITY] if low_priority else [size.family, TOTAL]
    pairs = [(limit(cloud, subscription, location, name), in_use.get(name, 0)) for name in names]
    return min(pairs, key=lambda pair: pair[0] - pair[1])


class Usages(Resource):
    """.../locations/eastus/usages: limits and current use, family by family."""

    type = "Microsoft.MachineLearningServices/locations/usages"

    def list(self, context: Context) -> Reply:
        subscription = context.path.subscription or ""
        context.cloud.require_subscription(subscription)
        self.require("read", context, context.path.scope)
        location = normalised(context.path.name, self.type)
        in_use = used(context.cloud, subscription, location)
        names = {size.family: _spoken(size.family) for size in vm_sizes.in_region(location)}
        names |= {
            TOTAL: "Total Cluster Dedicated Regional vCPUs",
            LOW_PRIORITY: "Total Cluster Low-Priority Regional vCPUs",
        }
        shown = [
            {
                "id": f"{_region(subscription, location)}/usages/{name}",
                "type": self.type,
                "unit": "Count",
                "currentValue": in_use.get(name, 0),
                "limit": limit(context.cloud, subscription, location, name),
                "name": {"value": name, "localizedValue": spoken},
            }
            for name, spoken in names.items()
        ]
        return Reply(200, {"value": shown})


class Quotas(Resource):
    """Microsoft.Quota/quotas: a limit set by hand. Azure has people decide; here the emulator's master does."""

    type = QUOTAS
    shape: ClassVar[Shape] = {"limit": dict}

    def require_parent(self, context: Context) -> None:
        """A quota hangs on a region, which is no resource."""

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        if not context.principal.trusted:
            raise AzureError(
                400,
                "ContactSupport",
                f"The request to change the quota '{context.path.name}' was not approved automatically. File a support "
                "ticket with 'Service and subscription limits (quotas)' as its type, or choose a smaller VM size.",
            )
        value = (body["properties"].get("limit") or {}).get("value")
        if not isinstance(value, int) or value < 0:
            raise invalid_request(
                f"'properties.limit.value' must be a whole number of cores, '{value}' came."
            )


def _region(subscription: str, location: str) -> str:
    return f"/subscriptions/{subscription}/providers/Microsoft.MachineLearningServices/locations/{location}"


def _spoken(family: str) -> str:
    words = family[8:] if family.lower().startswith("standard") else family
    return f"Standard {words.replace('Family', '').strip(' _')} Family Cluster Dedicated vCPUs"
