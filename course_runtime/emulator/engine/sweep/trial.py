"""The command job of one trial: the sweep's trial with a point of the search space put in."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.engine.sweep.space import Point

PLACEHOLDER = re.compile(r"\$\{\{\s*search_space\.([\w-]+)\s*\}\}")
FROM_TRIAL = ("codeId", "environmentId", "environmentVariables", "distribution", "resources")
FROM_SWEEP = ("identity", "experimentName", "queueSettings")


def trial_job(sweep: Mapping[str, Any], point: Point, name: str) -> dict[str, Any]:
    trial = sweep.get("trial") or {}
    found = {field: trial[field] for field in FROM_TRIAL if trial.get(field) is not None}
    found |= {field: sweep[field] for field in FROM_SWEEP if sweep.get(field) is not None}
    if "resources" not in found and sweep.get("resources"):
        found["resources"] = sweep["resources"]
    timeout = (sweep.get("limits") or {}).get("trialTimeout")
    return found | {
        "jobType": "Command",
        "displayName": name,
        "command": with_point(str(trial.get("command") or ""), point),
        "computeId": trial.get("computeId") or sweep.get("computeId"),
        "inputs": sweep.get("inputs") or {},
        "outputs": _outputs(sweep.get("outputs") or {}),
        "limits": {"jobLimitsType": "Command", "timeout": timeout} if timeout else None,
        "tags": {"hyperparameters": json.dumps(point)},
        "properties": {"hyperparameters": json.dumps(point)},
    }


def with_point(command: str, point: Point) -> str:
    return PLACEHOLDER.sub(lambda found: str(point[found[1]]), command)


def _outputs(outputs: Mapping[str, Any]) -> dict[str, Any]:
    """Each trial writes its own; none of them becomes the sweep's named asset."""
    own = {name: dict(one) for name, one in outputs.items() if name != "default"}
    for one in own.values():
        one.pop("assetName", None)
        one.pop("assetVersion", None)
    return own
