from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.arm.expressions import LONGEST_EXPRESSION, Evaluator
from course_runtime.emulator.services.arm.template_functions import FUNCTIONS

PIECES = [
    *FUNCTIONS,
    "if",
    "nothing",
    "(",
    ")",
    ",",
    ".",
    "[",
    "]",
    "'text'",
    "'",
    "''",
    "0",
    "-7",
    "9" * 30,
    " ",
    "ü",
]


def value(text: Any) -> Any:
    return Evaluator(FUNCTIONS).value(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("[[literal]", "[literal]"),
        ("[concat('a', 'b''c')]", "ab'c"),
        ("[ add ( 1 , -3 ) ]", -2),
        ("[createArray('x', 'y')[1]]", "y"),
        ("[createObject('Key', createObject('b', 5)).key.B]", 5),
        ("[if(equals('A', 'a'), 'same', split(1, 2))]", "same"),
        ("[format('{0}-{1}', 'a', 3)]", "a-3"),
        ("[TOLOWER('ABC')]", "abc"),
        ({"[concat('k')]": ["[true()]", 3]}, {"k": [True, 3]}),
    ],
)
def test_what_an_expression_stands_for(text: Any, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "[concat(]",
        "[concat('a']",
        "[concat('a'))]",
        "[concat]",
        "[nothing()]",
        "['open]",
        "[createArray('x')[5]]",
        "[createArray('x')[-1]]",
        "[int('x')]",
        f"[{'9' * 5000}]",
        f"[{'concat(' * 200}'a'{')' * 200}]",
        "[" + "a" * (LONGEST_EXPRESSION + 1) + "]",
        "[mul(9000000000000000000, 9000000000000000000)]",
        "[add('a', 1)]",
        "[json('[[[[')]",
        "[json('" + "[" * 2000 + "')]",
        "[first()]",
    ],
    ids=lambda text: text[:20],
)
def test_what_cannot_be_evaluated_is_refused(text: str) -> None:
    with pytest.raises(AzureError) as refused:
        value(text)
    assert (refused.value.status, refused.value.code) == (400, "InvalidTemplate")


def test_a_result_without_bounds_is_refused_at_once() -> None:
    large = "concat('" + "a" * 20_000 + "')"
    with pytest.raises(AzureError, match="larger than 131072"):
        value(f"[replace({large}, 'a', '{'b' * 1000}')]")
    with pytest.raises(AzureError, match="larger than 131072"):
        value("[format('" + "{0}" * 100 + "', concat('" + "a" * 5_000 + "'))]")


def test_a_template_calls_so_many_functions_and_no_more() -> None:
    with pytest.raises(AzureError, match="more than 5000 functions"):
        value(["[true()]"] * 5_001)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(max_size=40))
def test_any_text_is_evaluated_or_refused(text: str) -> None:
    try:
        value(f"[{text}]")
    except AzureError as refused:
        assert refused.status == 400
