from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from course_runtime.cli.emulator import described, without_secrets
from course_runtime.emulator import Places
from course_runtime.grading import background

from .conftest import Command

STATUS = {
    "version": "1",
    "pid": 5,
    "port": 4000,
    "seconds": 90,
    "requests": 3,
    "resources": 9,
    "idle_seconds": 1800.0,
    "state": "/state",
    "notes": [],
    "access": {
        "subscription_id": "sub",
        "resource_group": "group",
        "workspace": "ws",
        "client_secret": "hush",
    },
}


def test_the_description_tells_all_but_the_secret() -> None:
    text = "\n".join(described(STATUS))
    for word in ("http://127.0.0.1:4000", "sub", "group", "ws", "/state", "9 resources", "workshop exec"):
        assert word in text
    assert "hush" not in text


def test_the_status_as_json_has_no_secret() -> None:
    assert "hush" not in json.dumps(without_secrets(STATUS))
    assert STATUS["access"]["client_secret"] == "hush"  # type: ignore[index]


def test_from_start_to_stop(content: Path, tmp_path: Path) -> None:
    workshop = Command(tmp_path, content)
    assert workshop("emulator", "status").returncode == 1
    try:
        assert workshop("emulator", "start").returncode == 0
        status = json.loads(workshop("emulator", "status", "--json").stdout)
        assert status["running"] and status["idle_seconds"] is None
        lines = workshop("emulator", "status", "--env").stdout.splitlines()
        assert all(line.startswith("export ") for line in lines)
        assert f"export HTTPS_PROXY=http://127.0.0.1:{status['port']}" in lines
        asked = workshop("emulator", "reset")
        assert asked.returncode == 1 and "--yes" in asked.stdout
        assert workshop("emulator", "reset", "--yes").returncode == 0
    finally:
        assert workshop("emulator", "stop").stdout == "Stopped. What was in it is kept.\n"
    assert workshop("emulator", "stop").stdout == "It was not running.\n"


def test_a_port_in_use_is_a_sentence(content: Path, tmp_path: Path) -> None:
    workshop = Command(tmp_path, content)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = workshop("emulator", "start", "--port", str(taken.getsockname()[1]))
    workshop("emulator", "stop")
    assert done.returncode == 2, done.stdout
    assert str(taken) not in done.stderr and "Traceback" not in done.stderr
    assert "port" in done.stderr


def test_coverage_lists_the_sdks_operations_and_how_far_they_are_answered(workshop: Command) -> None:
    done = workshop("emulator", "coverage", "compute")
    assert done.returncode == 0, done.stderr
    assert "implemented  begin_create_or_update" in done.stdout
    assert "workspaces" not in done.stdout


def test_coverage_of_a_group_there_is_not_is_said_in_words(workshop: Command) -> None:
    done = workshop("emulator", "coverage", "nothing")
    assert done.returncode == 2
    assert "no group 'nothing'" in done.stderr


def test_an_older_background_is_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    running = [{"version": "0.0.0", "notes": []}]
    monkeypatch.setattr(background, "current_status", lambda places: running[-1] if running else None)
    monkeypatch.setattr(background, "stop_background", lambda places: bool(running.clear()) or True)
    monkeypatch.setattr(background, "_start", lambda places, port: {"version": "new", "notes": ["hello"]})
    status, notes = background.ensure_background(Places.of(tmp_path / "state"))
    assert status["version"] == "new"
    assert "0.0.0" in notes[0] and notes[1] == "hello"
