from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from course_runtime.sandbox import DOOR_PORT, WORK_DIRECTORY, Answer, JailSpec, Worker, Zygote

Run = Callable[..., Answer]


def ask(worker: Worker, source: str, *args: object) -> Answer:
    loaded = worker.load("exercise", source, "exercise.py", {})
    assert loaded.ok, loaded
    return worker.call("exercise.f", *args)


def test_every_mechanism_is_reported(worker: Worker) -> None:
    names = {one.name for one in worker.mechanisms}
    wanted = {"user namespace", "pid namespace", "mount namespace", "network namespace", "read-only root"}
    assert wanted | {"no new privileges", "no capabilities", "resource limits"} <= names
    assert all(one.detail for one in worker.mechanisms if not one.held)


def test_the_environment_is_only_what_was_given(zygote: Zygote) -> None:
    given = {"HTTPS_PROXY": "http://127.0.0.1:{door}"}
    with zygote.spawn(JailSpec(environment=given)) as worker:
        seen = ask(worker, "import os\ndef f(): return dict(os.environ)").value
        assert seen == {"HTTPS_PROXY": f"http://127.0.0.1:{worker.door_port}", "HOME": WORK_DIRECTORY}


def test_the_first_environment_holds_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_CLIENT_SECRET", "precious")
    process = Zygote.start("plain", tmp_path / "z")
    zygote = Zygote(tmp_path / "z")
    try:
        zygote.wait_until_ready(30)
        with zygote.spawn(JailSpec(environment={})) as worker:
            source = "def f():\n    with open('/proc/self/environ', 'rb') as file: return file.read()"
            assert b"precious" not in ask(worker, source).value
    finally:
        process.terminate()
        process.wait()


def test_privileges_are_gone(run: Run) -> None:
    source = """
def f():
    with open("/proc/self/status") as file:
        lines = dict(line.split(":", 1) for line in file)
    return [lines[name].strip() for name in ("CapPrm", "CapEff", "CapBnd", "CapInh", "CapAmb", "NoNewPrivs", "Groups")]
"""
    *capabilities, no_new, groups = run(source).value
    assert set(capabilities) == {"0000000000000000"}
    assert no_new == "1"
    assert groups.split() in ([], ["65534"])


@pytest.mark.skipif(os.getuid() != 0, reason="only root has a uid to drop")
def test_root_becomes_nobody(run: Run) -> None:
    assert run("import os\ndef f(): return [os.getresuid(), os.getresgid()]").value == [[65534] * 3] * 2


def test_only_the_jails_processes_can_be_seen(run: Run) -> None:
    source = "import os\ndef f(): return [int(n) for n in os.listdir('/proc') if n.isdigit()], os.getppid()"
    assert run(source).value == [[1, 2], 1]


@pytest.mark.parametrize(
    "place", ["/", "/usr", "/etc", "/bin", "/dev", "/etc/passwd", "/proc/sys/kernel/hostname", os.__file__]
)
def test_nothing_outside_the_work_places_can_be_written(run: Run, place: str) -> None:
    source = """
import os
def f(place):
    try:
        if os.path.isdir(place):
            open(os.path.join(place, "new"), "w").close()
        else:
            open(place, "a").close()
    except OSError:
        return "refused"
    return "written"
"""
    assert run(source, place).value == "refused"


def test_the_root_cannot_be_mounted_writable_again(run: Run) -> None:
    source = """
import ctypes
def f():
    libc = ctypes.CDLL(None, use_errno=True)
    remount = libc.mount(b"none", b"/", None, ctypes.c_ulong(0x20 | 0x1000), None)
    return [remount, libc.unshare(0x10000000), libc.unshare(0x20000)]
"""
    assert run(source).value == [-1, -1, -1]


def test_the_work_places_have_a_size(run: Run) -> None:
    source = """
import errno
def f():
    refused = []
    for place in (".", "/tmp", "/dev/shm"):
        try:
            with open(place + "/large", "wb") as file:
                for _ in range(20): file.write(bytes(1_000_000))
        except OSError as problem:
            refused.append(errno.errorcode[problem.errno])
    return refused
"""
    assert run(source, tmp_mb=4).value == ["ENOSPC"] * 3


def test_the_rest_of_the_machine_is_not_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("42")
    tests = str(Path(__file__))
    places = [str(tmp_path), tests, str(Path(tests).parents[2] / "pyproject.toml"), "/etc/shadow", "/var"]
    assert (
        run("import os\ndef f(places): return [os.path.exists(one) for one in places]", places).value
        == [False] * 5
    )


def test_readable_paths_are_shown_and_hidden_ones_masked(zygote: Zygote, tmp_path: Path) -> None:
    for name in ("data/rows.csv", "data/answers/rows.csv", "data/key.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    tmp_path.chmod(0o755)
    hidden = (str(tmp_path / "data/answers"), str(tmp_path / "data/key.txt"))
    spec = JailSpec(environment={}, readable=(str(tmp_path / "data"),), hidden=hidden)
    source = """
import os
def f(folder):
    with open(folder + "/rows.csv") as rows, open(folder + "/key.txt") as key:
        return [rows.read(), key.read(), os.listdir(folder + "/answers")]
"""
    with zygote.spawn(spec) as worker:
        assert ask(worker, source, str(tmp_path / "data")).value == ["data/rows.csv", "", []]


def test_modules_can_still_be_imported_and_python_started(run: Run) -> None:
    source = """
import subprocess, sys
def f():
    import wave, email.mime.text, sqlite3, asyncio
    "x.example".encode("idna")
    return subprocess.run([sys.executable, "-c", "import csv; print(6 * 7)"], capture_output=True, text=True).stdout
"""
    assert run(source).value == "42\n"


def test_the_network_ends_at_the_door(worker: Worker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as outside:
        source = """
import socket
def f(port):
    reached = []
    for address in (("127.0.0.1", port), ("1.1.1.1", 53)):
        try:
            socket.create_connection(address, timeout=2).close()
            reached.append(address)
        except OSError:
            pass
    return reached
"""
        assert ask(worker, source, outside.getsockname()[1]).value == []


def test_the_door_leads_to_whoever_accepts_on_it(worker: Worker) -> None:
    door = worker.door
    assert door is not None
    assert worker.door_port == DOOR_PORT

    def greet() -> None:
        connection, _ = door.accept()
        with connection:
            connection.sendall(b"come in")

    thread = threading.Thread(target=greet, daemon=True)
    thread.start()
    source = """
import socket
def f(port):
    with socket.create_connection(("127.0.0.1", port), timeout=5) as door:
        return door.recv(100).decode()
"""
    assert ask(worker, source, worker.door_port).value == "come in"
    thread.join(5)


def test_abstract_sockets_of_the_machine_are_out_of_reach(run: Run) -> None:
    name = "\0sandbox-test-socket"
    with socket.socket(socket.AF_UNIX) as outside:
        outside.bind(name)
        outside.listen()
        source = """
import socket
def f(name):
    try:
        socket.socket(socket.AF_UNIX).connect(name)
    except OSError:
        return "refused"
"""
        assert run(source, name).value == "refused"
