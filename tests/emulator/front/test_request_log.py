from __future__ import annotations

from typing import Any

import pytest
import requests

from course_runtime.emulator import Cloud
from course_runtime.emulator.front import request_log
from course_runtime.emulator.front.request_log import RequestLog


def entry(**values: Any) -> dict[str, Any]:
    usual = {
        "time": 0.0,
        "method": "GET",
        "host": "h",
        "path": "/",
        "query": "",
        "status": 200,
        "principal": "",
    }
    return {**usual, "user_agent": "", "seconds": 0.0, **values}


def test_since_gives_what_came_after_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    log = RequestLog()
    for path in ("/a", "/b", "/c"):
        log.add(**entry(path=path))
    assert [(one["number"], one["path"]) for one in log.since(1)] == [(2, "/b"), (3, "/c")]


def test_old_entries_are_forgotten_and_the_numbers_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_log, "KEPT", 2)
    log = RequestLog()
    for _ in range(request_log.KEPT + 3):
        log.add(**entry())
    assert log.total == 5
    assert log.since()[-1]["number"] == 5


def test_who_asked_what_and_how_it_was_answered(cloud: Cloud, group_id: str) -> None:
    token = cloud.token(cloud.access.object_id)
    requests.get(
        f"https://management.azure.com{group_id}x?api-version=1",
        headers={"Authorization": f"Bearer {token}", "User-Agent": "test"},
        proxies={"https": cloud.proxy},
        verify=cloud.environment()["REQUESTS_CA_BUNDLE"],
        timeout=10,
    )
    (one,) = cloud.log()
    assert (one["method"], one["host"], one["path"]) == ("GET", "management.azure.com", f"{group_id}x")
    assert (one["query"], one["status"], one["principal"]) == ("api-version=1", 404, "workshop-student")
    assert one["user_agent"] == "test"


def test_the_graders_own_requests_are_no_evidence(cloud: Cloud, group_id: str) -> None:
    cloud.request("GET", group_id)
    cloud.request("GET", group_id, token=cloud.token(cloud.access.object_id))
    assert cloud.log() == []
