from __future__ import annotations

import socket
from pathlib import Path

import pytest

from course_runtime.cli.doctor_emulator import emulator_findings, front_door
from course_runtime.emulator import Places
from course_runtime.grading import KitError, background


def test_a_door_that_does_not_answer(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle.pem"
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        finding = front_door(closed.getsockname()[1], str(bundle))
    assert finding.blocks and finding.mend == "workshop emulator stop"


def test_an_emulator_that_does_not_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refuse(places: Places) -> None:
        raise KitError("It did not start.", "Read the log.")

    monkeypatch.setattr(background, "ensure_background", refuse)
    (finding,) = emulator_findings(Places.of(tmp_path))
    assert finding.blocks and (finding.detail, finding.mend) == ("It did not start.", "Read the log.")
