"""`workshop emulator costs`: what runs, what has ended, and that nothing is left to pay for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from course_runtime.cli.costs import NOTHING, reported, short_name
from course_runtime.emulator import EmulatorClient, Places

from .conftest import Command

WORKSPACE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/ws"


def entry(name: str, rate: float, spent: float) -> dict[str, object]:
    what = "1 x Standard_DS3_v2" if rate else "nothing"
    return {"id": f"{WORKSPACE}/{name}", "what": what, "rate": rate, "spent": spent}


def test_what_costs_most_comes_first_and_what_has_ended_last() -> None:
    entries = [
        entry("computes/done", 0, 9.0),
        entry("computes/idle", 0.1, 1),
        entry("computes/big", 2.5, 0.5),
    ]
    *lines, together = reported({"rate": 2.6, "spent": 10.5, "resources": entries})
    assert lines == [
        "workspaces/ws/computes/big: $2.500 an hour for 1 x Standard_DS3_v2, $0.500 so far",
        "workspaces/ws/computes/idle: $0.100 an hour for 1 x Standard_DS3_v2, $1.000 so far",
        "workspaces/ws/computes/done: nothing now, $9.000 so far",
    ]
    assert together.startswith("Together: $2.600 an hour, $10.500 so far.")


def test_a_name_starts_behind_the_last_provider() -> None:
    assert short_name(f"{WORKSPACE}/computes/one") == "workspaces/ws/computes/one"


def test_a_compute_costs_until_it_is_stopped(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)  # nor does the command have it
    workshop = Command(tmp_path, content)
    try:
        assert NOTHING in workshop("emulator", "costs").stdout
        cloud = EmulatorClient(Places.of(tmp_path / "state")).personal()
        compute = f"{_workspace(json.loads(workshop('emulator', 'status', '--json').stdout))}/computes/mine"
        cloud.request(
            "PUT", f"{compute}?api-version=2024-10-01", {"location": "eastus", "properties": INSTANCE}
        )
        cloud.advance(3600)
        report = json.loads(workshop("emulator", "costs", "--json").stdout)
        (one,) = report["resources"]
        assert one["id"].endswith("/computes/mine") and one["rate"] > 0
        said = workshop("emulator", "costs").stdout
        assert "computes/mine: $" in said and NOTHING not in said
        cloud.request("POST", f"{compute}/stop?api-version=2024-10-01")
        cloud.advance(600)
        assert NOTHING in workshop("emulator", "costs").stdout
    finally:
        workshop("emulator", "stop")


INSTANCE = {"computeType": "ComputeInstance", "properties": {"vmSize": "STANDARD_DS3_V2"}}


def _workspace(status: dict[str, dict[str, str]]) -> str:
    access = status["access"]
    return (
        f"/subscriptions/{access['subscription_id']}/resourceGroups/{access['resource_group']}"
        f"/providers/Microsoft.MachineLearningServices/workspaces/{access['workspace']}"
    )
