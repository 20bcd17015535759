from __future__ import annotations

import pytest

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel import operations
from course_runtime.emulator.kernel.context import Context
from course_runtime.emulator.kernel.errors import AzureError, invalid_request
from course_runtime.emulator.kernel.path import parse


@pytest.fixture
def asking(model: Cloud) -> Context:
    return model.context(f"/subscriptions/{model.identity.subscription_id}/resourceGroups/rg", method="PUT")


def poll_at(asking: Context, url: str) -> Context:
    return asking.at(parse(url.removeprefix("https://management.azure.com")))


def test_an_operation_is_in_progress_until_its_time_has_come(model: Cloud, asking: Context) -> None:
    url = operations.start(asking, seconds=60)["Azure-AsyncOperation"]
    waiting = operations.poll(poll_at(asking, url))
    assert (waiting.status, waiting.body) == (202, {"status": "InProgress"})
    assert waiting.headers["Location"] == url
    model.advance(61)
    assert operations.poll(poll_at(asking, url)).body == {"status": "Succeeded"}


def test_a_failed_operation_shows_its_error(model: Cloud, asking: Context) -> None:
    url = operations.start(asking)["Location"]
    operations.finish(model, url.rsplit("/", 1)[-1], invalid_request("No."))
    shown = operations.poll(poll_at(asking, url)).body
    assert shown["status"] == "Failed"
    assert shown["error"]["message"] == "No."


def test_an_unknown_operation_is_not_found(asking: Context) -> None:
    with pytest.raises(AzureError) as refused:
        operations.poll(asking.at(parse("/subscriptions/s/providers/Workshop.Emulator/operations/none")))
    assert refused.value.status == 404


def test_an_operation_without_a_moment_goes_on_until_it_is_finished(model: Cloud) -> None:
    identifier = operations.begin(model)
    context = model.context(f"/subscriptions/{model.id}/providers/Workshop.Emulator/operations/{identifier}")
    model.advance(3600)
    assert operations.poll(context).body == {"status": "InProgress"}
    operations.finish(model, identifier, invalid_request("No."))
    assert operations.poll(context).body["error"]["message"] == "No."
