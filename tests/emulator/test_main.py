"""The personal emulator as a process of its own: it may be killed at any moment."""

from __future__ import annotations

import contextlib
import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.emulator import Cloud, EmulatorClient, EmulatorUnavailable, Places

COMMAND = [sys.executable, "-m", "course_runtime.emulator"]


def begin(state: Path, *more: str) -> tuple[subprocess.Popen[bytes], EmulatorClient]:
    process = subprocess.Popen(
        [*COMMAND, "--state", str(state), *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    client = EmulatorClient(Places.of(state), timeout=10)
    for _ in range(1_000):
        with contextlib.suppress(EmulatorUnavailable):
            client.status()
            return process, client
        if process.poll() is not None:
            break
        time.sleep(0.01)
    raise AssertionError(process.communicate())


@contextlib.contextmanager
def running(state: Path, *more: str) -> Iterator[EmulatorClient]:
    process, client = begin(state, *more)
    try:
        yield client
    finally:
        process.kill()
        process.communicate()


def networks(cloud: Cloud) -> str:
    access = cloud.access
    group = f"/subscriptions/{access.subscription_id}/resourceGroups/{access.resource_group}"
    return f"{group}/providers/Microsoft.Network/virtualNetworks"


def test_every_acknowledged_write_is_there_after_kill_9(tmp_path: Path) -> None:
    process, client = begin(tmp_path / "state")
    before = client.status()
    personal = client.personal()
    token = personal.token(personal.access.object_id)
    authority = (tmp_path / "state" / "ca.pem").read_bytes()
    acknowledged: list[str] = []

    def write() -> None:
        cloud = EmulatorClient(Places.of(tmp_path / "state"), timeout=10).personal()
        with contextlib.suppress(EmulatorUnavailable):
            for number in range(100_000):
                answer = cloud.request("PUT", f"{networks(cloud)}/n{number}", {"location": "eastus"})
                if answer.status == 201:
                    acknowledged.append(f"n{number}")

    writer = threading.Thread(target=write)
    writer.start()
    while len(acknowledged) < 50:
        time.sleep(0.005)
    process.kill()
    process.communicate()
    writer.join()

    with running(tmp_path / "state") as again:
        after = again.status()
        assert (after["port"], after["access"]) == (before["port"], before["access"])
        assert (tmp_path / "state" / "ca.pem").read_bytes() == authority
        cloud = again.personal()
        for name in acknowledged:
            assert cloud.request("GET", f"{networks(cloud)}/{name}", token=token).status == 200, name


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_and_without_a_word(tmp_path: Path, how: signal.Signals) -> None:
    process, client = begin(tmp_path)
    lease = client.lease()
    process.send_signal(how)
    assert process.communicate(timeout=10) == (b"", b"")
    assert process.returncode == 0
    assert not Places.of(tmp_path).control_socket.exists()
    lease.close()


def test_it_ends_when_nobody_needs_it(tmp_path: Path) -> None:
    process, client = begin(tmp_path, "--idle-seconds", "0.2")
    lease = client.lease()
    time.sleep(1)
    assert process.poll() is None, "somebody holds a lease"
    lease.close()
    assert process.wait(timeout=10) == 0
    process.communicate()


def refusal(state: Path, *more: str) -> str:
    done = subprocess.run(
        [*COMMAND, "--state", str(state), *more], capture_output=True, text=True, timeout=20, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert f"Port {port} is in use by another program" in refusal(tmp_path, "--port", str(port))


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert f"The folder {file / 'state'} cannot be made" in refusal(file / "state")


def test_a_database_of_another_version_is_one_sentence(tmp_path: Path) -> None:
    import sqlite3

    with contextlib.closing(sqlite3.connect(tmp_path / "cloud.db")) as database:
        database.execute("PRAGMA user_version = 99")
    assert "was written by another version of the workshop" in refusal(tmp_path)


@pytest.mark.parametrize(("name", "words"), [("cloud.db", "cannot be used"), ("token-key.pem", "A key in")])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / name).write_text("damaged " * 1_000)
    assert words in refusal(tmp_path)


def test_two_for_one_folder_is_one_sentence(tmp_path: Path) -> None:
    with running(tmp_path) as client:
        assert "An emulator already runs for the folder" in refusal(tmp_path)
        assert client.status()["state"] == str(tmp_path)


def test_long_temporary_folders_are_no_hindrance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    monkeypatch.setenv("TMPDIR", str(long))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(long))
    monkeypatch.setattr("tempfile.tempdir", None)
    with running(long / "state") as client:
        assert json.dumps(client.status()["access"])
