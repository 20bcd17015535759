"""46 Values that JSON, text and files have no place for: NaN, lone surrogates, NUL, duplicate keys."""

from __future__ import annotations

import json

import pytest

from course_runtime.grading import Result

from .attack import Attack

ANSWERS = (
    "float('nan')",
    "float('inf')",
    "'\\ud800'",
    "'\\x00'",
    "{1: 'a', '1': 'b', True: 'c'}",
    "10**5000",
    "-10**5000",
    "'a' * 10**6",
    "[[]] * 10**5",
    "b'\\xff' * 10**6",
    "{float('nan'): 1}",
    "{(): 1}",
    "set()",
    "0j",
    "''",
    "'\\N{RIGHT-TO-LEFT OVERRIDE}'",
    "1e400",
    "-0.0",
    "True",
    "'2' * 10",
)


@pytest.mark.parametrize("answer", ANSWERS)
def test_each_is_a_wrong_answer(attack_in_py: Attack, answer: str) -> None:
    result = attack_in_py("", f"return {answer}", f"raise ValueError({answer})")
    assert [todo.status for todo in result.todos] == ["failed", "failed"]
    json.loads(json.dumps(result.as_json()))
    result_text(result).encode("utf-8")


def result_text(result: Result) -> str:
    return "".join(test.message for todo in result.todos for test in todo.tests)
