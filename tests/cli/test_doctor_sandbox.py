from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli import doctor_sandbox
from course_runtime.cli.doctor_sandbox import findings_of, mechanisms, sandbox_findings
from course_runtime.emulator import Places
from course_runtime.sandbox import Mechanism, SandboxError


def test_walls_that_stand_and_walls_that_do_not() -> None:
    findings = findings_of([Mechanism("one", True), Mechanism("two", False, "no such call")])
    assert [finding.fine for finding in findings] == [True, False]
    assert "one" in findings[0].detail and findings[1].detail == "two does not hold here. no such call"
    assert not any(finding.blocks for finding in findings)


def test_a_sandbox_that_does_not_start_blocks(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(places: Places) -> None:
        raise SandboxError("no zygote answers")

    monkeypatch.setattr(doctor_sandbox, "mechanisms", refuse)
    (finding,) = sandbox_findings(Places.of(tmp_path))
    assert finding.blocks and "no zygote answers" in finding.detail


def test_a_worker_is_tried_and_nothing_is_left(tmp_path: Path) -> None:
    places = Places(tmp_path / "state", tmp_path / "run")
    places.make()
    assert mechanisms(places)
    assert list(places.runtime.iterdir()) == []
