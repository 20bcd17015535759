"""A check that is called off: the grader hears of it at once."""

from __future__ import annotations

import socket
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.emulator import Places
from course_runtime.grading import CheckRequest, KitError, PendingCheck, client
from course_runtime.grading.lines import receive_line

PATIENCE = 20.0


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Places, socket.socket]]:
    """Listens as the grader does, and never answers."""
    monkeypatch.setattr(client, "ensure_background", lambda places: ({}, []))
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/grader.sock")
        listener.listen()
        listener.settimeout(PATIENCE)
        yield Places(Path(folder) / "state", Path(folder)), listener


def test_a_check_in_flight_is_called_off(grader: tuple[Places, socket.socket]) -> None:
    places, listener = grader
    pending = PendingCheck(CheckRequest("module1", "/"), places)
    ended: list[BaseException] = []

    def ask() -> None:
        with pytest.raises(KitError) as error:
            pending.result()
        ended.append(error.value)

    thread = threading.Thread(target=ask)
    thread.start()
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(PATIENCE)
        assert receive_line(connection)["module"] == "module1"
        pending.cancel()
        assert connection.recv(1) == b"", "the grader is told by the end of the connection"
    thread.join(PATIENCE)
    assert ended and pending.cancelled


def test_a_check_that_was_called_off_before_is_not_asked_for(grader: tuple[Places, socket.socket]) -> None:
    places, listener = grader
    pending = PendingCheck(CheckRequest("module1", "/"), places)
    pending.cancel()
    with pytest.raises(KitError, match="called off"):
        pending.result()
    connection, _ = listener.accept()
    with connection:
        connection.settimeout(PATIENCE)
        assert connection.recv(1) == b""
