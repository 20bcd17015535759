"""Which endpoint a scoring host belongs to."""

from __future__ import annotations

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.workspaces.endpoints import BatchEndpoints, OnlineEndpoints
from course_runtime.emulator.store.resources import Stored


def online_endpoint(cloud: Cloud, host: str) -> Stored:
    return _find(cloud, host, OnlineEndpoints.type, "online")


def batch_endpoint(cloud: Cloud, host: str) -> Stored:
    return _find(cloud, host, BatchEndpoints.type, "batch")


def _find(cloud: Cloud, host: str, type_name: str, kind: str) -> Stored:
    name, _, rest = host.partition(".")
    region = rest.partition(".")[0]
    there = [
        one for group in cloud.subscriptions() for one in cloud.resources.in_subscription(group, type_name)
    ]
    for endpoint in there:
        if (endpoint.name.lower(), endpoint.body["location"].lower()) == (name, region):
            return endpoint
    known = ", ".join(f"'{one.name}' in '{one.body['location']}'" for one in there) or "none"
    raise AzureError(
        404,
        "NotFound",
        f"There is no {kind} endpoint '{name}' in the region '{region}' ({kind} endpoints that are there: {known}).",
    )
