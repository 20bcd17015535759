from __future__ import annotations

import time
from pathlib import Path

import pytest

from course_runtime.cli import waiting as room
from course_runtime.cli.waiting import FIRST, waiting
from course_runtime.emulator import Places
from course_runtime.grading import background


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    monkeypatch.setattr(room, "PATIENCE_SECONDS", 0.0)
    return Places(tmp_path / "state", tmp_path / "run")


def error_output(capsys: pytest.CaptureFixture[str], seconds: float) -> str:
    deadline, shown = time.monotonic() + seconds, ""
    while not shown and time.monotonic() < deadline:
        time.sleep(0.01)
        shown = capsys.readouterr().err
    return shown


def test_the_first_time_it_says_why_it_takes_longer(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with waiting("Checking", places):
        assert error_output(capsys, 10).split() == FIRST.split()


def test_quiet_says_nothing(places: Places, capsys: pytest.CaptureFixture[str]) -> None:
    with waiting("Checking", places, quiet=True):
        assert error_output(capsys, 0.1) == ""


def test_nothing_is_explained_when_the_emulator_runs(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(background, "current_status", lambda places: {"pid": 1})
    with waiting("Checking", places):
        assert error_output(capsys, 0.1) == ""
