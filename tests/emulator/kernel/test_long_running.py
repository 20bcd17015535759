"""Operations that the client waits for: on the cloud's clock."""

from __future__ import annotations

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.long_running import accepted
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.registry import Registry


def test_the_work_goes_on_until_its_time(model: Cloud, registry: Registry) -> None:
    model.add_group("rg")
    group = f"/subscriptions/{model.identity.subscription_id}/resourceGroups/rg"
    reply = accepted(model.context(group, method="POST"), seconds=60)
    assert (reply.status, reply.body, reply.headers["retry-after-ms"]) == (202, None, "1")
    operation = parse(reply.headers["Location"].removeprefix("https://management.azure.com"))
    assert model.documents.get("operation", operation.name)
