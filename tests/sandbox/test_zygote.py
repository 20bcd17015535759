from __future__ import annotations

import os
import signal
import site
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from course_runtime.sandbox import JailSpec, SandboxError, Zygote

DAEMON = """
import os, signal, subprocess, time
def f():
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv("/bin/sleep", ["sleep", "98765.4321"])
        os._exit(0)
    return "left one behind"
"""


def running(word: str) -> list[str]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes().decode()
            except OSError:
                continue
            if word in command:
                found.append(entry.name)
    return found


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


def children_of(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_the_report_says_what_a_zygote_has(zygote: Zygote) -> None:
    report = zygote.report()
    assert report["imports"] == "plain"
    assert report["threads"] == []
    assert report["modules"] > 50


def test_two_starts_make_one(tmp_path: Path) -> None:
    path = tmp_path / "z"
    first = Zygote.start("plain", path)
    Zygote(path).wait_until_ready(30)
    second = Zygote.start("plain", path)
    assert second.wait(30) == 0
    assert Zygote(path).report()["pid"] == first.pid
    first.terminate()
    first.wait()


def test_no_zygote_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(SandboxError, match=r"no zygote answers at .*/z .*start one with Zygote.start"):
        Zygote(tmp_path / "z").spawn(JailSpec(environment={}))


def test_it_ends_when_its_socket_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "z"
    process = Zygote.start("plain", path)
    Zygote(path).wait_until_ready(30)
    path.unlink()
    assert process.wait(30) == 0


def test_it_ends_when_a_package_is_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages = tmp_path / "site-packages"
    packages.mkdir()
    monkeypatch.setattr(site, "getusersitepackages", lambda: str(packages))
    monkeypatch.syspath_prepend(str(packages))
    path = tmp_path / "z"
    process = Zygote.start("plain", path)
    Zygote(path).wait_until_ready(10)
    (packages / "something_new").mkdir()
    assert eventually(lambda: process.poll() == 0)


def test_it_ends_with_the_process_that_started_it(tmp_path: Path) -> None:
    path = tmp_path / "z"
    source = (
        "import sys; from pathlib import Path; from course_runtime.sandbox import Zygote;"
        "path = Path(sys.argv[1]); Zygote.start('plain', path); zygote = Zygote(path);"
        "zygote.wait_until_ready(30); print(zygote.report()['pid'])"
    )
    command = [sys.executable, "-W", "ignore", "-c", source, str(path)]
    root = Path(__file__).parents[2]
    pid = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root).stdout.strip()
    assert eventually(lambda: not Path("/proc", pid).exists())


def test_garbage_does_not_end_it(zygote: Zygote) -> None:
    for garbage in (b"", b"{}\n", b"[]\n", b"\xff\n", b'{"do": "spawn"}\n', b'{"do": "dance"}\n'):
        with socket.socket(socket.AF_UNIX) as channel:
            channel.connect(str(zygote.socket_path))
            channel.sendall(garbage)
            channel.shutdown(socket.SHUT_WR)
            channel.settimeout(10)
            assert b"error" in channel.recv(4096)
    assert zygote.report()["imports"] == "plain"


def test_daemons_left_behind_die_with_the_worker(zygote: Zygote) -> None:
    with zygote.spawn(JailSpec(environment={})) as worker:
        worker.load("exercise", DAEMON, "exercise.py", {})
        assert worker.call("exercise.f").value == "left one behind"
        assert eventually(lambda: len(running("98765.4321")) == 1)
    assert eventually(lambda: running("98765.4321") == [])


@pytest.mark.parametrize("which", ["zygote", "middle"])
def test_workers_die_with_those_that_keep_them(tmp_path: Path, which: str) -> None:
    path = tmp_path / "z"
    process = Zygote.start("plain", path)
    zygote = Zygote(path)
    zygote.wait_until_ready(30)
    with zygote.spawn(JailSpec(environment={})) as worker:
        worker.load("exercise", DAEMON, "exercise.py", {})
        assert worker.call("exercise.f").ok
        assert eventually(lambda: len(running("98765.4321")) == 1)
        victim = process.pid if which == "zygote" else int(children_of(process.pid)[0])
        os.kill(victim, signal.SIGKILL)
        assert eventually(lambda: running("98765.4321") == [])
        failure = worker.call("exercise.f").failure
        assert failure is not None
        assert failure.kind == "died"
    process.kill()
    process.wait()


def test_a_hundred_workers_leave_nothing_behind(zygote: Zygote) -> None:
    pid = zygote.report()["pid"]

    def state() -> tuple[int, int, int, int]:
        mounts = Path(f"/proc/{pid}/mountinfo").read_text().count("\n")
        mine = len(list(Path("/proc/self/fd").iterdir()))
        return len(children_of(pid)), len(list(Path(f"/proc/{pid}/fd").iterdir())), mounts, mine

    assert eventually(lambda: state()[:2] == (0, 5))  # three standard ones, the lock, the listener
    before = state()
    for number in range(100):
        with zygote.spawn(JailSpec(environment={})) as worker:
            worker.load("exercise", "def f(x): return x", "exercise.py", {"file": b"data"})
            assert worker.call("exercise.f", number).value == number
    # Of this process's own descriptors an earlier test's may have gone meanwhile.
    assert eventually(lambda: all(now <= then for now, then in zip(state(), before, strict=True))), (
        before,
        state(),
    )
