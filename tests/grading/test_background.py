"""The background process: started once, replaced when stale, and never in the way."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.emulator import EmulatorClient, Places
from course_runtime.grading import KitError, background
from course_runtime.grading.background import current_status, ensure_background, stop_background


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Places]:
    places = Places.of(tmp_path / "state")
    yield places
    stop_background(places)
    shutil.rmtree(places.runtime, ignore_errors=True)


def test_two_at_once_start_one(own: Places) -> None:
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(ensure_background(own)[0]["pid"])) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1


def test_stop_ends_it_and_its_children(own: Places) -> None:
    status, _ = ensure_background(own)
    children = Path(f"/proc/{status['pid']}/task/{status['pid']}/children").read_text().split()
    assert stop_background(own)
    assert current_status(own) is None
    assert not stop_background(own)
    assert [child for child in children if _runs(int(child))] == []


def test_what_was_written_survives_kill_9(own: Places) -> None:
    status, _ = ensure_background(own)
    cloud = EmulatorClient(own).personal()
    group = f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/kept"
    assert cloud.request("PUT", group, {"location": "eastus"}).status == 201
    os.kill(status["pid"], signal.SIGKILL)
    again, _ = ensure_background(own)
    assert again["pid"] != status["pid"]
    assert again["port"] == status["port"]
    after = EmulatorClient(own).personal()
    assert after.access == cloud.access
    assert after.request("GET", group).status == 200


def test_a_port_in_use_is_said_in_words(own: Places) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(KitError, match=f"Port {port} is in use by another program"):
            ensure_background(own, port=port)


def test_last_times_port_in_use_is_replaced_and_said(own: Places) -> None:
    first, _ = ensure_background(own)
    stop_background(own)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first["port"]))
        taken.listen()
        second, notes = ensure_background(own)
    assert second["port"] != first["port"]
    assert any(f"Port {first['port']}, used last time, is taken" in note for note in notes)


def test_one_of_another_version_is_replaced_and_its_state_kept(
    own: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = ensure_background(own)
    monkeypatch.setattr(background, "__version__", "99.0")
    monkeypatch.setattr(background, "edition", lambda: "99.0 of tomorrow")
    second, notes = ensure_background(own)
    assert second["pid"] != first["pid"]
    assert any(f"of version {first['version']}" in note and "is kept" in note for note in notes)
    assert second["access"] == first["access"]


def test_one_of_other_files_of_the_same_version_is_replaced(
    own: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = ensure_background(own)
    monkeypatch.setattr(background, "edition", lambda: "newer files")
    second, notes = ensure_background(own)
    assert second["pid"] != first["pid"]
    assert any("The kit has changed" in note and "is kept" in note for note in notes)


def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KitError, match="cannot be made"):
        ensure_background(Places.of(tmp_path / "file" / "state"))


def _runs(pid: int) -> bool:
    for _ in range(100):
        try:
            if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return False
        except OSError:
            return False
        time.sleep(0.02)
    return True
