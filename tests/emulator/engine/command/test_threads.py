from __future__ import annotations

from typing import Any

import pytest

from course_runtime.emulator.engine.command.threads import NAMES, thread_variables
from course_runtime.emulator.store.resources import Stored


def compute(kind: str, most: int = 1) -> Stored:
    properties: dict[str, Any] = {
        "computeType": kind,
        "properties": {"scaleSettings": {"maxNodeCount": most}},
    }
    return Stored({"name": "c", "properties": properties})


@pytest.mark.parametrize(
    ("nodes", "processors", "share"), [(2, 2, "1"), (2, 8, "4"), (4, 2, "1"), (3, 16, "5")]
)
def test_each_node_of_a_cluster_has_its_part(nodes: int, processors: int, share: str) -> None:
    assert thread_variables(compute("AmlCompute", nodes), processors) == dict.fromkeys(NAMES, share)


def test_who_is_alone_takes_all_there_is() -> None:
    assert thread_variables(compute("AmlCompute", 1), 8) == {}
    assert thread_variables(compute("ComputeInstance"), 8) == {}
    assert thread_variables(None, 8) == {}
