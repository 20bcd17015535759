from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.code_tokens import code_tokens


@pytest.mark.parametrize(
    "other",
    ["x = 1  # one\n", "\n\n# one\nx = 1\n", "x=1", "    x = 1\n", "x = 1\n# %%\n"],
)
def test_comments_blank_lines_and_layout_do_not_count(other: str) -> None:
    assert code_tokens(other)[:3] == code_tokens("x = 1\n")[:3] == ("x", "=", "1")


def test_indentation_counts_but_not_its_width() -> None:
    assert code_tokens("if x:\n  y\nz\n") == code_tokens("if x:\n        y\nz\n")
    assert code_tokens("if x:\n  y\nz\n") != code_tokens("if x:\n  y\n  z\n")


def test_a_text_that_looks_like_a_comment_counts() -> None:
    assert code_tokens("x = '# one'\n") != code_tokens("x = ''\n")


def test_half_written_code_is_compared_by_its_lines() -> None:
    assert code_tokens("x = (\n# hm\n") == code_tokens("\nx = (\n")
    assert code_tokens("x = (\n") != code_tokens("x = [\n")


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    assert code_tokens(text) == code_tokens(text)
