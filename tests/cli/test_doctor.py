from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli import doctor, main
from course_runtime.cli.finding import Finding

from .conftest import Command


def test_this_machine_can_check(workshop: Command, course: Path) -> None:
    done = workshop("doctor", cwd=course)
    assert done.returncode == 0, done.stdout
    for name in (
        "Python",
        "Packages",
        "Course content",
        "Disk",
        "Clock",
        "Emulator",
        "Certificates",
        "Sandbox",
    ):
        assert f" {name} " in done.stdout
    assert "Nothing stands in the way of a check." in done.stdout
    assert not list(Path(workshop.home).rglob("doctor-*"))


def test_a_place_that_cannot_be_used_is_a_finding(workshop: Command, course: Path) -> None:
    workshop.more = {"WORKSHOP_STATE": "/proc/no-such-place"}
    done = workshop("doctor", cwd=course)
    assert done.returncode == 1
    (last,) = done.stdout.splitlines()[-1:]
    assert last.startswith("To be mended before a check can run: ") and "State folder" in last


def test_what_is_wrong_comes_with_what_mends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    findings = [Finding("Disk", False, "full", "Make room."), Finding("Editor", False, "none", needed=False)]
    monkeypatch.setattr(doctor, "all_findings", lambda cwd: findings)
    assert main(["doctor"]) == 1
    shown = capsys.readouterr().out
    assert "Make room." in shown
    assert shown.splitlines()[-1] == "To be mended before a check can run: Disk."


def test_live_says_what_it_will_need(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--live"]) == 0
    assert "not in this version" in capsys.readouterr().out
