"""57 Handles made up, and kinds of value where others were asked for."""

from __future__ import annotations

import pytest

from .attack import Attack

ANSWERS = (
    "Handle(1, 'int', '2')",
    "Answer(True, 5)",
    "Table(b'ARROW1', (), False)",
    "Failure('exception', '', '')",
)


@pytest.mark.parametrize("answer", ANSWERS)
def test_none_is_believed(attack_in_py: Attack, answer: str) -> None:
    result = attack_in_py(
        "from course_runtime.sandbox import Answer, Failure, Handle, Table", f"return {answer}"
    )
    assert result.todos[0].status == "failed"
