from __future__ import annotations

import time

import pytest
import requests

from course_runtime.emulator import Cloud
from course_runtime.emulator.front.faults import Fault, Faults


def take(faults: Faults, times: int, path: str = "/a") -> list[bool]:
    return [faults.take("GET", "host", path) is not None for _ in range(times)]


def test_a_fault_strikes_so_many_times_after_so_many_have_passed() -> None:
    faults = Faults()
    faults.add(Fault(after=1, times=2))
    assert take(faults, 5) == [False, True, True, False, False]


def test_only_what_matches_counts() -> None:
    faults = Faults()
    faults.add(Fault(method="get", host="*.azure.com", path="/A/*"))
    assert faults.take("PUT", "x.azure.com", "/a/b") is None
    assert faults.take("GET", "x.azure.net", "/a/b") is None
    assert faults.take("GET", "x.Azure.com", "/a/b") is not None


def test_clearing_ends_them() -> None:
    faults = Faults()
    faults.add(Fault(times=100))
    faults.clear()
    assert take(faults, 1) == [False]


def get(cloud: Cloud, path: str) -> requests.Response:
    token = cloud.token(cloud.access.object_id)
    return requests.get(
        f"https://management.azure.com{path}",
        headers={"Authorization": f"Bearer {token}"},
        proxies={"https": cloud.proxy},
        verify=cloud.environment()["REQUESTS_CA_BUNDLE"],
        timeout=10,
    )


def test_throttling_has_a_status_a_code_and_retry_after(cloud: Cloud, group_id: str) -> None:
    cloud.add_fault(status=429, code="TooManyRequests", message="Slow down.", headers={"Retry-After": "7"})
    struck = get(cloud, group_id)
    assert (struck.status_code, struck.headers["Retry-After"]) == (429, "7")
    assert struck.json()["error"]["code"] == "TooManyRequests"
    assert get(cloud, group_id).status_code == 200
    assert [entry["status"] for entry in cloud.log()] == [429, 200]


def test_a_dropped_connection_has_no_answer(cloud: Cloud, group_id: str) -> None:
    cloud.add_fault(drop=True)
    with pytest.raises(requests.ConnectionError):
        get(cloud, group_id)
    assert get(cloud, group_id).status_code == 200


def test_a_delay_comes_before_the_usual_answer(cloud: Cloud, group_id: str) -> None:
    cloud.add_fault(delay=0.2, status=0)
    started = time.monotonic()
    assert get(cloud, group_id).status_code == 200
    assert time.monotonic() - started >= 0.2


def test_the_graders_own_requests_are_not_struck(cloud: Cloud, group_id: str) -> None:
    cloud.add_fault(status=503)
    assert cloud.request("GET", group_id).status == 200
    assert get(cloud, group_id).status_code == 503


def test_a_fault_nobody_knows_is_refused_in_words(cloud: Cloud) -> None:
    with pytest.raises(RuntimeError, match="explode"):
        cloud.add_fault(explode=True)
