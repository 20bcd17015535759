from __future__ import annotations

import socket
from pathlib import Path

import pytest

from course_runtime.emulator import Emulator, Places, read_status, status


def test_it_is_what_the_control_plane_answers(emulator: Emulator) -> None:
    asked, answered = read_status(emulator.places), emulator.client.status()
    assert asked is not None
    assert set(asked) == set(answered)
    assert (asked["port"], asked["edition"]) == (answered["port"], answered["edition"])


def test_without_an_emulator_there_is_none(tmp_path: Path) -> None:
    assert read_status(Places.of(tmp_path / "state")) is None


def test_there_is_none_where_nothing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(status, "SECONDS", 0.1)
    places = Places.of(tmp_path / "state")
    places.make()
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(places.control_socket))
        silent.listen()
        assert read_status(places) is None
