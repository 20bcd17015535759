from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .conftest import Serving


def test_a_deployment_answers(serving: Serving, answers: Callable[[str, Any], Any]) -> None:
    endpoint = serving.endpoint("adds-up")
    deployed = serving.deploy(endpoint, "blue")
    assert deployed.provisioning_state == "Succeeded"
    serving.traffic(endpoint, blue=100)
    assert answers(endpoint, {"data": [[1, 2], [3, 4]]}) == [3, 7]
