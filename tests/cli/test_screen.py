from __future__ import annotations

import pytest

from course_runtime.cli.screen import WIDEST, console, say, warn


def test_text_stays_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("[bold]x[/bold] :smile: 12")
    assert capsys.readouterr().out == "[bold]x[/bold] :smile: 12\n"


def test_no_colour_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("x", style="bold red")
    assert capsys.readouterr().out == "x\n"


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    console().print("x", style="red")
    assert "31" not in capsys.readouterr().out


def test_lines_are_never_too_wide_to_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    assert console().width == WIDEST
    monkeypatch.setenv("COLUMNS", "60")
    assert console().width == 60


def test_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    say("one", "two")
    warn("three")
    assert capsys.readouterr() == ("one\ntwo\n", "three\n")
