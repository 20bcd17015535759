from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator import Cloud, Emulator
from course_runtime.emulator.kernel.resource import Resource


def test_a_host_nobody_serves_says_what_is_missing(cloud: Cloud) -> None:
    answer = cloud.request("GET", "/x", host="unheard-of.azure.com")
    assert answer.status == 501
    assert "GET https://unheard-of.azure.com/x" in answer.body["error"]["message"]


@pytest.mark.parametrize("host", ["[", "[::1", "", "a" * 300, "management.azure.com:443:443"])
def test_an_odd_host_header_is_answered(cloud: Cloud, host: str) -> None:
    answer = cloud.request("GET", "/subscriptions", headers={"Host": host}, host=host or "x")
    assert answer.status in (200, 501)


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PROPFIND"])
def test_a_method_nobody_knows_is_refused_in_the_envelope(cloud: Cloud, method: str) -> None:
    answer = cloud.request(method, "/subscriptions")
    assert (answer.status, answer.body["error"]["code"]) == (405, "MethodNotAllowed")


def test_a_mistake_of_our_own_is_owned_up_to(
    cloud: Cloud, group_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(self: Resource, context: Any) -> Any:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(Resource, "get", broken)
    answer = cloud.request("GET", f"{group_id}/providers/Microsoft.Network/virtualNetworks/n")
    assert (answer.status, answer.body["error"]["code"]) == (500, "InternalServerError")
    assert "ZeroDivisionError: oops" in answer.body["error"]["message"]
    assert "not in your code" in answer.body["error"]["message"]
    assert "Traceback" not in str(answer.body)


def test_a_full_disk_is_said_once_and_work_goes_on(cloud: Cloud, group_id: str, emulator: Emulator) -> None:
    database = emulator._server._tenancies[cloud.name].cloud.database.connection
    (pages,) = database.execute("PRAGMA page_count").fetchone()
    database.execute(f"PRAGMA max_page_count = {pages}")
    large = {"location": "eastus", "properties": {"x": "y" * 100_000}}
    path = f"{group_id}/providers/Microsoft.Network/virtualNetworks/n"
    full = cloud.request("PUT", path, large)
    assert (full.status, full.body["error"]["code"]) == (413, "InsufficientStorage")
    assert "nothing was changed" in full.body["error"]["message"]
    assert cloud.request("GET", path).status == 404
    database.execute("PRAGMA max_page_count = 1000000")
    assert cloud.request("PUT", path, large).status == 201
