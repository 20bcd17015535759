"""The virtual machine sizes the workshop knows: what they have, where they are, what an hour costs.

Prices are Linux pay-as-you-go list prices of East US in US dollars, rounded; they teach proportions, not bills.
"""

from __future__ import annotations

from dataclasses import dataclass

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.resource import Resource
from course_runtime.emulator.services.arm.locations import LOCATIONS, normalised

LOW_PRIORITY_DISCOUNT = 0.8
GPU_REGIONS = (
    "eastus",
    "eastus2",
    "westus2",
    "westus3",
    "southcentralus",
    "westeurope",
    "northeurope",
    "uksouth",
    "swedencentral",
    "southeastasia",
    "japaneast",
    "australiaeast",
)
SCARCE_REGIONS = ("eastus", "westus3", "southcentralus", "westeurope", "swedencentral")


@dataclass(frozen=True)
class VmSize:
    name: str
    family: str
    vcpus: int
    memory_gb: float
    usd_per_hour: float
    gpus: int = 0
    disk_mb: int = 0
    regions: tuple[str, ...] = tuple(LOCATIONS)

    def price(self, *, low_priority: bool = False) -> float:
        return (
            round(self.usd_per_hour * (1 - LOW_PRIORITY_DISCOUNT), 4) if low_priority else self.usd_per_hour
        )


def _family(
    family: str, rows: tuple[tuple[str, int, float, float, int], ...], regions: tuple[str, ...] | None = None
) -> list[VmSize]:
    """Rows of: name, vCPUs, memory in GB, dollars an hour, GPUs."""
    return [
        VmSize(
            f"Standard_{name}", family, vcpus, memory, price, gpus, vcpus * 16384, regions or tuple(LOCATIONS)
        )
        for name, vcpus, memory, price, gpus in rows
    ]


CATALOGUE = [
    *_family("standardDSv2Family", (
        ("DS1_v2", 1, 3.5, 0.073, 0), ("DS2_v2", 2, 7, 0.146, 0), ("DS3_v2", 4, 14, 0.293, 0),
        ("DS4_v2", 8, 28, 0.585, 0), ("DS5_v2", 16, 56, 1.17, 0), ("DS11_v2", 2, 14, 0.185, 0),
        ("DS12_v2", 4, 28, 0.371, 0), ("DS13_v2", 8, 56, 0.741, 0), ("DS14_v2", 16, 112, 1.482, 0),
    )),
    *_family("standardDv2Family", (
        ("D1_v2", 1, 3.5, 0.073, 0), ("D2_v2", 2, 7, 0.146, 0), ("D3_v2", 4, 14, 0.293, 0),
        ("D4_v2", 8, 28, 0.585, 0), ("D11_v2", 2, 14, 0.185, 0), ("D12_v2", 4, 28, 0.371, 0),
        ("D13_v2", 8, 56, 0.741, 0), ("D14_v2", 16, 112, 1.482, 0),
    )),
    *_family("standardDSv3Family", (
        ("D2s_v3", 2, 8, 0.096, 0), ("D4s_v3", 4, 16, 0.192, 0), ("D8s_v3", 8, 32, 0.384, 0),
        ("D16s_v3", 16, 64, 0.768, 0), ("D32s_v3", 32, 128, 1.536, 0),
    )),
    *_family("standardDASv4Family", (
        ("D2as_v4", 2, 8, 0.096, 0), ("D4as_v4", 4, 16, 0.192, 0), ("D8as_v4", 8, 32, 0.384, 0),
    )),
    *_family("standardDDSv4Family", (
        ("D2ds_v4", 2, 8, 0.113, 0), ("D4ds_v4", 4, 16, 0.226, 0), ("D8ds_v4", 8, 32, 0.452, 0),
    )),
    *_family("standardESv3Family", (
        ("E2s_v3", 2, 16, 0.126, 0), ("E4s_v3", 4, 32, 0.252, 0), ("E8s_v3", 8, 64, 0.504, 0),
        ("E16s_v3", 16, 128, 1.008, 0),
    )),
    *_family("standardEDSv4Family", (
        ("E2ds_v4", 2, 16, 0.144, 0), ("E4ds_v4", 4, 32, 0.288, 0), ("E8ds_v4", 8, 64, 0.576, 0),
    )),
    *_family("standardFSv2Family", (
        ("F2s_v2", 2, 4, 0.0846, 0), ("F4s_v2", 4, 8, 0.169, 0), ("F8s_v2", 8, 16, 0.338, 0),
        ("F16s_v2", 16, 32, 0.677, 0),
    )),
    *_family("standardNCFamily", (
        ("NC6", 6, 56, 0.9, 1), ("NC12", 12, 112, 1.8, 2), ("NC24", 24, 224, 3.6, 4),
    ), GPU_REGIONS),
    *_family("standardNCSv3Family", (
        ("NC6s_v3", 6, 112, 3.06, 1), ("NC12s_v3", 12, 224, 6.12, 2), ("NC24s_v3", 24, 448, 12.24, 4),
    ), GPU_REGIONS),
    *_family("Standard NCASv3_T4 Family", (
        ("NC4as_T4_v3", 4, 28, 0.526, 1), ("NC8as_T4_v3", 8, 56, 0.752, 1),
        ("NC16as_T4_v3", 16, 110, 1.204, 1), ("NC64as_T4_v3", 64, 440, 4.352, 4),
    ), GPU_REGIONS),
    *_family("StandardNCADSA100v4Family", (
        ("NC24ads_A100_v4", 24, 220, 3.673, 1), ("NC48ads_A100_v4", 48, 440, 7.346, 2),
        ("NC96ads_A100_v4", 96, 880, 14.692, 4),
    ), SCARCE_REGIONS),
    *_family("standardNVSv3Family", (
        ("NV12s_v3", 12, 112, 1.14, 1), ("NV24s_v3", 24, 224, 2.28, 2),
    ), GPU_REGIONS),
]  # fmt: skip

_BY_NAME = {size.name.lower(): size for size in CATALOGUE}


def find(name: str) -> VmSize | None:
    return _BY_NAME.get(str(name).lower())


def in_region(location: str) -> list[VmSize]:
    return [size for size in CATALOGUE if location in size.regions]


class VmSizes(Resource):
    """.../locations/eastus/vmSizes: the sizes that Azure ML offers in a region."""

    type = "Microsoft.MachineLearningServices/locations/vmSizes"

    def list(self, context: Context) -> Reply:
        context.cloud.require_subscription(context.path.subscription or "")
        self.require("read", context, context.path.scope)
        shown = [_shown(size) for size in in_region(normalised(context.path.name, self.type))]
        return Reply(200, {"value": shown, "amlCompute": shown})


def _shown(size: VmSize) -> Body:
    price = {"osType": "Linux", "vmTier": "Standard", "retailPrice": size.price()}
    return {
        "name": size.name,
        "family": size.family,
        "vCPUs": size.vcpus,
        "gpus": size.gpus,
        "memoryGB": size.memory_gb,
        "osVhdSizeMB": 1047552,
        "maxResourceVolumeMB": size.disk_mb,
        "lowPriorityCapable": True,
        "premiumIO": "s" in size.name.split("_")[1].lower(),
        "estimatedVMPrices": {
            "billingCurrency": "USD",
            "unitOfMeasure": "OneHour",
            "values": [
                price,
                price | {"vmTier": "LowPriority", "retailPrice": size.price(low_priority=True)},
            ],
        },
        "supportedComputeTypes": ["AmlCompute", "ComputeInstance"],
    }
