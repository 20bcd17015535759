from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.decoding import LARGEST_SOURCE, python_bytes, python_text
from course_runtime.course.errors import CourseError


def test_a_byte_order_mark_and_windows_line_ends_are_taken_off() -> None:
    assert python_text(b"\xef\xbb\xbfx = 1\r\ny = 2\r", "a.py") == "x = 1\ny = 2\n"


def test_a_declared_encoding_is_followed() -> None:
    assert python_text(b"# coding: latin-1\nx = '\xe9'\n", "a.py") == "# coding: latin-1\nx = 'é'\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"x = 1\ny = '\xe9'\n", "a.py, line 2, holds the byte 0xE9"),
        ("x = 1\n".encode("utf-16"), "saved as UTF-16"),
        (b"x = 1\n\n\0", "a.py, line 3, holds a NUL byte"),
        (b"# coding: klingon\n", "unknown encoding: klingon"),
        (b"#" * (LARGEST_SOURCE + 1), "at most 2,000,000"),
    ],
)
def test_what_python_could_not_read_is_a_sentence(content: bytes, said: str) -> None:
    with pytest.raises(CourseError) as refusal:
        python_text(content, "a.py")
    assert said in refusal.value.message and refusal.value.next_step


@pytest.mark.parametrize(
    "content", [b"a\r\nb\r\n", b"a\nb\n", b"\xef\xbb\xbfa\n", b"# coding: latin-1\n'\xe9'\n"]
)
def test_writing_back_keeps_encoding_and_line_ends(content: bytes) -> None:
    assert python_bytes(python_text(content, "a.py"), content) == content


@given(st.binary(max_size=200))
def test_any_bytes_are_text_or_a_sentence(content: bytes) -> None:
    try:
        assert "\0" not in python_text(content, "a.py")
    except CourseError as refusal:
        assert refusal.message
