"""Folders of the host that a jailed worker may write to."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.sandbox import JailSpec, Worker, Zygote

SOURCE = """
import os, pathlib, socket

def write(path, text):
    pathlib.Path(path).write_text(text)

def attempt(path):
    try:
        pathlib.Path(path).write_text("no")
    except OSError as problem:
        return type(problem).__name__
    return "written"

def listen(path):
    global listener
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(path)
    listener.listen()

def greet():
    connection, _ = listener.accept()
    connection.sendall(b"hello")
    connection.close()
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    folder = tmp_path / "private" / "shared"
    (folder / "inner").mkdir(parents=True)
    folder.parent.chmod(0o700)
    (folder / "inner" / "file").write_text("before")
    (folder / "link").symlink_to("/etc/passwd")
    return folder


@pytest.fixture
def writer(zygote: Zygote, shared: Path) -> Iterator[Worker]:
    with zygote.spawn(JailSpec(environment={}, writable=(str(shared),))) as worker:
        assert worker.load("writer", SOURCE, "writer.py", {}).ok
        yield worker


def test_what_the_worker_writes_stays(writer: Worker, shared: Path) -> None:
    for path in (shared / "new", shared / "inner" / "file"):
        answer = writer.call("writer.write", str(path), "after")
        assert answer.ok, answer
    writer.close()
    assert (shared / "new").read_text() == (shared / "inner" / "file").read_text() == "after"


def test_only_that_folder_can_be_written(writer: Worker, shared: Path) -> None:
    """What lies around it is the jail's own /tmp, which an ordinary user's worker may write to: nothing of the host."""
    for outside in (shared.parent / "outside", shared.parent.parent / "outside", Path("/tmp/outside")):
        writer.call("writer.attempt", str(outside))
        assert not outside.exists()
    assert writer.call("writer.attempt", "/usr/outside").value in ("PermissionError", "OSError")


@pytest.mark.skipif(os.getuid() != 0, reason="only root gives files away")
def test_links_in_it_give_nothing_away(writer: Worker, shared: Path) -> None:
    assert Path("/etc/passwd").stat().st_uid == 0
    assert (shared / "link").lstat().st_uid == 65534


def test_a_socket_in_it_is_reached_from_outside(writer: Worker, shared: Path) -> None:
    path = str(shared / "s")
    assert writer.call("writer.listen", path).ok
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(path)
        assert writer.call("writer.greet").ok
        assert client.recv(10) == b"hello"


def test_hanging_up_ends_a_question_that_is_under_way(zygote: Zygote) -> None:
    with zygote.spawn(JailSpec(environment={})) as worker:
        assert worker.load("slow", "import time\ndef f(): print('begun'); time.sleep(60)", "slow.py", {}).ok

        def end() -> None:
            while "begun" not in worker.printed(100):
                time.sleep(0.01)
            worker.hang_up()

        watcher = threading.Thread(target=end)
        watcher.start()
        answer = worker.call("slow.f", seconds=60)
        watcher.join()
        assert answer.failure and answer.failure.kind == "died"
