"""What a check is asked survives the way to the grader."""

from __future__ import annotations

import json

from course_runtime.grading.request import CheckRequest


def test_round_trip() -> None:
    request = CheckRequest("module0", "/home/me", todos=("0.1", "0.2"), hints_used={"0.1": 3}, seed="s")
    assert CheckRequest.from_json(json.loads(json.dumps(request.as_json()))) == request
