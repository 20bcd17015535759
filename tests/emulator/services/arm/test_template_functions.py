from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.services.arm.template_functions import FUNCTIONS, guid, unique_string


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("union", ({"a": 1}, {"a": 2, "b": 3}), {"a": 2, "b": 3}),
        ("union", ([1, 2], [2, 3]), [1, 2, 3]),
        ("union", (["b", "a"], ["b"]), ["b", "a"]),
        ("contains", ({"Key": 1}, "kEY"), True),
        ("contains", ("haystack", "st"), True),
        ("empty", ("",), True),
        ("empty", ([],), True),
        ("empty", (0,), False),
        ("coalesce", (None, "", 1), ""),
        ("take", ("abcdef", 2), "ab"),
        ("skip", ([1, 2, 3], 1), [2, 3]),
        ("substring", ("abcdef", 2, 3), "cde"),
        ("first", ("",), ""),
        ("min", ([3, 1, 2],), 1),
        ("max", (3, 1), 3),
        ("base64", ("a",), "YQ=="),
        ("concat", ([1], [2]), [1, 2]),
        ("concat", ("a", 1, True), "a1true"),
    ],
)
def test_functions(name: str, arguments: tuple[Any, ...], expected: Any) -> None:
    assert FUNCTIONS[name](*arguments) == expected


@given(st.lists(st.text(max_size=9), max_size=3))
def test_names_that_must_be_unique_depend_on_the_arguments_alone(parts: list[str]) -> None:
    assert unique_string(*parts) == unique_string(*parts)
    assert len(unique_string(*parts)) == 13
    assert unique_string(*parts).isalnum()
    assert guid(*parts) != guid(*parts, "more")
