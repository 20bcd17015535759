from __future__ import annotations

from typing import Any

import pytest

from course_runtime.sandbox.answers import Failure, Frame, read_reply
from course_runtime.sandbox.values import Malformed
from course_runtime.sandbox.wire import WireFrame

FAILURE = {
    "kind": "exception",
    "type": "ValueError",
    "message": "no",
    "frames": [{"file": "a.py", "line": 1, "function": "f", "text": "raise"}],
}
REPLY = {"nonce": "right", "value": 1, "failure": None, "warnings": []}


def read(**changes: Any) -> Any:
    return read_reply(WireFrame({**REPLY, **changes}, memoryview(b"")), "right")


def test_a_value_is_read() -> None:
    assert read(value={"list": [1]}, warnings=["careful"]).value == [1]


def test_a_failure_is_read() -> None:
    expected = Failure("exception", "ValueError", "no", [Frame("a.py", 1, "f", "raise")])
    assert read(failure=FAILURE).failure == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": "wrong"},
        {"nonce": None},
        {"more": 1},
        {"value": {"list": 1}},
        {"value": [1]},
        {"warnings": "text"},
        {"warnings": [1]},
        {"warnings": [""] * 1001},
        {"failure": True},
        {"failure": {**FAILURE, "kind": "timeout"}},
        {"failure": {**FAILURE, "kind": ["exception"]}},
        {"failure": {**FAILURE, "message": 1}},
        {"failure": {**FAILURE, "frames": [1]}},
        {"failure": {**FAILURE, "frames": FAILURE["frames"] * 201}},  # type: ignore[operator]
        {"failure": {**FAILURE, "frames": [{**FAILURE["frames"][0], "line": "1"}]}},  # type: ignore[dict-item,index]
        {"failure": {"kind": "exception"}},
    ],
)
def test_whatever_is_out_of_shape_is_malformed(changes: dict[str, Any]) -> None:
    with pytest.raises(Malformed):
        read(**changes)
