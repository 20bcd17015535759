"""The catalogue of VM sizes."""

from __future__ import annotations

import pytest

from course_runtime.emulator import Cloud
from course_runtime.emulator.services.arm.locations import LOCATIONS
from course_runtime.emulator.services.arm.vm_sizes import CATALOGUE, find, in_region

ML = "providers/Microsoft.MachineLearningServices/locations"


@pytest.mark.parametrize("size", CATALOGUE, ids=lambda size: size.name)
def test_every_size_is_complete(size: object) -> None:
    found = find(getattr(size, "name").lower())  # noqa: B009
    assert found is size and found.vcpus > 0 and found.memory_gb > 0 and found.usd_per_hour > 0
    assert found.family and set(found.regions) <= set(LOCATIONS)
    assert found.price(low_priority=True) == pytest.approx(found.usd_per_hour / 5, abs=1e-4)


def test_regions_differ() -> None:
    names = {region: {size.name for size in in_region(region)} for region in ("eastus", "brazilsouth")}
    assert names["brazilsouth"] < names["eastus"]


def test_the_list_tells_cores_memory_gpus_and_price(cloud: Cloud) -> None:
    path = f"/subscriptions/{cloud.access.subscription_id}/{ML}/eastus/vmSizes"
    shown = {one["name"]: one for one in cloud.request("GET", path).body["value"]}
    size = shown["Standard_NC6s_v3"]
    assert (size["vCPUs"], size["memoryGB"], size["gpus"]) == (6, 112, 1)
    assert [one["retailPrice"] for one in size["estimatedVMPrices"]["values"]] == [3.06, 0.612]
