from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.grading.render import safe

NASTY = st.text(st.sampled_from("\x1b\x07\x9b\x9c\x9d[]0;m\\ab\u202e\u200b\x00\r\n\t\ud800 "))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain: äß漢字 ✓ 🎉", "plain: äß漢字 ✓ 🎉"),
        ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\x1b[1;31mred\x1b[0m \x9b2Jgone", "red gone"),
        ("\x1b]8;;http://x\x07link\x1b]8;;\x1b\\", "link"),
        ("over\rwritten", "over\\rwritten"),
        ("\u202eevil\u2066", "\\u202eevil\\u2066"),
        ("a\u200bb\ufeffc\u00add", "a\\u200bb\\ufeffc\\xadd"),
        ("null\x00 bell\x07", "null\\x00 bell\\x07"),
        ("hangul\u3164filler", "hangul\\u3164filler"),
        ("no\xa0break", "no break"),
        ("half \ud800 of a pair", "half \\ud800 of a pair"),
        ("[bold]markup[/bold]", "[bold]markup[/bold]"),
    ],
)
def test_what_is_shown(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(NASTY | st.text())
def test_nothing_steers_or_hides(text: str) -> None:
    shown = safe(text)
    left = {unicodedata.category(character) for character in shown if character not in "\n\t"}
    assert not left & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
    assert safe(shown) == shown
