from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.services.workspaces.component_specification import complete_specification


def test_inputs_say_whether_they_are_optional() -> None:
    spec: dict[str, Any] = {"type": "command", "inputs": {"a": {"type": "number"}, "b": {"optional": True}}}
    complete_specification(spec)
    assert [one["optional"] for one in spec["inputs"].values()] == [False, True]
    assert spec["resources"] == {"instance_count": 1}


@pytest.mark.parametrize(("kind", "expected"), [("command", True), ("pipeline", False)])
def test_pipelines_are_not_deterministic_unless_they_say_so(kind: str, expected: bool) -> None:
    spec: dict[str, Any] = {"type": kind}
    complete_specification(spec)
    assert spec["is_deterministic"] is expected


def test_nodes_of_a_parallel_step_are_said_where_it_is_used() -> None:
    spec: dict[str, Any] = {"type": "parallel", "resources": {"instance_count": 2}}
    complete_specification(spec)
    assert "resources" not in spec


def test_numbers_of_a_distribution_become_text() -> None:
    spec: dict[str, Any] = {"distribution": {"type": "mpi", "process_count_per_instance": 4}}
    complete_specification(spec)
    assert spec["distribution"] == {"type": "mpi", "process_count_per_instance": "4"}
