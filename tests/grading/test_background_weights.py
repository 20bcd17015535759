"""The background gives its jobs the weights that a check gets: here, the stand-in that the cache holds."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from course_runtime.emulator import Cloud, EmulatorClient, Places
from course_runtime.grading import aerial
from course_runtime.grading.background import ensure_background, stop_background

API = "api-version=2024-10-01"
OVER = ("Completed", "Failed", "Canceled")
SECONDS = 120.0
CLUSTER = {
    "computeType": "AmlCompute",
    "properties": {
        "vmSize": "Standard_DS3_v2",
        "scaleSettings": {"minNodeCount": 0, "maxNodeCount": 1, "nodeIdleTimeBeforeScaleDown": "PT120S"},
    },
}


@pytest.fixture
def personal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloud]:
    monkeypatch.delenv("WORKSHOP_WEIGHTS", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "nothing"))
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path / "data"))
    places = Places.of(tmp_path / "state")
    ensure_background(places)
    yield EmulatorClient(places).personal()
    stop_background(places)
    shutil.rmtree(places.runtime, ignore_errors=True)


def test_a_job_finds_the_stand_in(personal: Cloud, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(aerial().weights.__globals__, "write_stand_in", lambda file: file.write_text("small"))
    stand_in = aerial().weights().file  # made here, in the place of ninety megabytes
    personal_id = (
        f"/subscriptions/{personal.access.subscription_id}/resourceGroups/{personal.access.resource_group}"
        f"/providers/Microsoft.MachineLearningServices/workspaces/{personal.access.workspace}"
    )

    def put(path: str, properties: dict[str, Any]) -> str:
        body = {"location": "eastus", "properties": properties}
        answer = personal.request("PUT", f"{personal_id}/{path}?{API}", body)
        assert answer.status in (200, 201), answer.body
        return str(answer.body["id"])

    job = {
        "jobType": "Command",
        "command": f'test "$WORKSHOP_WEIGHTS" = "{stand_in}" && grep small "$WORKSHOP_WEIGHTS"',
        "computeId": put("computes/cpu", CLUSTER),
        "environmentId": put("environments/any/versions/1", {"image": "contoso.example/everything:1"}),
    }
    assert ended(personal, put("jobs/reads", job)) == "Completed"


def ended(cloud: Cloud, job: str) -> str:
    until = time.monotonic() + SECONDS
    while (status := str(cloud.request("GET", f"{job}?{API}").body["properties"]["status"])) not in OVER:
        assert time.monotonic() < until, f"the job is still {status}"
        time.sleep(0.1)
    return status
