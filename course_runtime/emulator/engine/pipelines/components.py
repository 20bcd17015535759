"""The component that a step names, wherever it was registered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.engine import references
from course_runtime.emulator.kernel.errors import user_error


def component_of(cloud: Cloud, workspace_id: str, node: Mapping[str, Any]) -> dict[str, Any]:
    """Its specification, as it was registered. AzureError when there is none."""
    trial = node.get("trial")
    given = node.get("componentId") or (trial.get("componentId") if isinstance(trial, Mapping) else trial)
    if not isinstance(given, str) or not given:
        raise user_error(f"The step '{node.get('name')}' names no component.")
    found = references.find_asset(cloud, workspace_id, given, kinds=("components",))
    if found is None:
        raise user_error(f"'{given}', which the step '{node.get('name')}' names, is no component.")
    return dict(found.properties.get("componentSpec") or {})
