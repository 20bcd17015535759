"""44 Escape sequences, carriage returns, bidirectional and zero-width text, on the way to a terminal."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from course_runtime.grading.render import print_result

from .attack import RIGHT, Attack

ODD = {
    "colour": "\x1b[32mpassed\x1b[0m",
    "title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;http://evil\x1b\\click\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJm\x07",
    "clear": "\x1b[2J\x1b[H\x9b2J",
    "return": "failed\rpassed",
    "backspace": "0/5\b\b\b5/5",
    "bidirectional": "\u202epassed\u2066",
    "zero width": "pass\u200bed\u2060\ufeff",
    "bell": "\a" * 100,
    "rich": "[bold green]passed[/] :boom: [link=http://evil]x[/link]",
}


@pytest.mark.parametrize("name", ODD)
def test_none_reaches_it(attack: Attack, name: str) -> None:
    result = attack("", f"print({ODD[name]!r})\nraise ValueError({ODD[name]!r})", f"return {ODD[name]!r}")
    shown = io.StringIO()
    print_result(Console(file=shown, width=80), result, "Attack", verbose=True)
    assert [odd for odd in "\x1b\r\b\a\x9b\u202e\u2066\u200b\u2060\ufeff" if odd in shown.getvalue()] == []
    assert "✓ 1.1" not in shown.getvalue()


@pytest.mark.parametrize("name", ["colour", "bidirectional", "return"])
def test_nor_by_a_warning(attack: Attack, name: str) -> None:
    result = attack("import warnings", f"warnings.warn({ODD[name]!r})\n{RIGHT}", points=3)
    shown = io.StringIO()
    print_result(Console(file=shown, width=80), result, "Attack")
    assert [odd for odd in "\x1b\r\u202e\u2066" if odd in shown.getvalue()] == []
