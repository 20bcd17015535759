from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli import docs, main

URL = "https://docs.python.org/3/tutorial/controlflow.html#defining-functions"


@pytest.fixture(autouse=True)
def our_course(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKSHOP_CONTENT", str(content))
    monkeypatch.setenv("COLUMNS", "60")


def test_titles_and_whole_addresses(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "7.1"]) == 0
    shown = capsys.readouterr().out
    assert "The Python tutorial: functions" in shown and f"    {URL}\n" in shown


def test_a_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(docs, "opened", lambda url: not asked.append(url))
    assert main(["docs", "7.1", "--open"]) == 0
    assert asked == [URL]


def test_without_a_browser_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "opened", lambda url: False)
    assert main(["docs", "7.1", "--open"]) == 1
    assert "copy the address" in capsys.readouterr().err


def test_a_todo_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["docs", "7.9"]) == 2
    assert "7.1" in capsys.readouterr().err
