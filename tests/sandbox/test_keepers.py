"""The jail that is made ahead: given away once, only to whom it fits, and cleared away."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.sandbox import JailSpec, Limits, Worker, Zygote, cgroups
from course_runtime.sandbox.middle import WAITING

from .conftest import linux_only
from .test_zygote import children_of, eventually

pytestmark = linux_only
SOURCE = """
import os
def greeting(): return os.environ["GREETING"]
def largest_file():
    import resource
    return resource.getrlimit(resource.RLIMIT_FSIZE)[0]
def read(path): return open(path).read()
def files(): return os.listdir(".")
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = Zygote.start("plain", tmp_path / "z")
    Zygote(tmp_path / "z").wait_until_ready(30)
    yield process
    process.terminate()
    process.wait()


@pytest.fixture
def zygote(process: subprocess.Popen[bytes], tmp_path: Path) -> Zygote:
    return Zygote(tmp_path / "z")


def spec(greeting: str = "hello", **more: object) -> JailSpec:
    return JailSpec(environment={"GREETING": greeting}, more_to_come=True, **more)  # type: ignore[arg-type]


def loaded(zygote: Zygote, wanted: JailSpec) -> Worker:
    worker = zygote.spawn(wanted)
    answer = worker.load("exercise", SOURCE, "exercise.py", {})
    assert answer.ok, answer
    return worker


def waiting(process: subprocess.Popen[bytes]) -> list[str]:
    return [pid for pid in children_of(process.pid) if name_of(pid) == WAITING]


def name_of(pid: str) -> str:
    try:
        return Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def is_ready(process: subprocess.Popen[bytes]) -> bool:
    """Its init is there, and has forked the worker."""
    return any(children_of(int(init)) for pid in waiting(process) for init in children_of(int(pid)))


def groups_of(pid: str) -> list[Path]:
    parents = {parent for name in cgroups.CONTROLLERS for one in cgroups.find(name) for parent in one.parents}
    return [group for parent in parents for group in parent.glob(f"{cgroups.PREFIX}*-{pid}")]


def test_the_next_worker_is_the_one_made_ahead(zygote: Zygote, process: subprocess.Popen[bytes]) -> None:
    with loaded(zygote, spec("first")) as first:
        assert first.write_file("left.txt", b"x").ok
        assert eventually(lambda: is_ready(process))
        made_ahead = waiting(process)
        with loaded(zygote, spec("second")) as second:
            assert name_of(made_ahead[0]) != WAITING
            assert first.call("exercise.greeting").value == "first"
            assert second.call("exercise.greeting").value == "second"
            assert second.call("exercise.files").value == []
            assert {one.name for one in second.mechanisms} == {one.name for one in first.mechanisms}
            assert eventually(lambda: len(waiting(process)) == 1)
            assert waiting(process) != made_ahead


def test_a_worker_alone_has_none(zygote: Zygote, process: subprocess.Popen[bytes], tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    loaded(zygote, JailSpec(environment={"GREETING": ""})).close()
    loaded(zygote, spec(writable=(str(own),))).close()
    assert eventually(lambda: children_of(process.pid) == [])


def test_other_walls_are_made_anew(zygote: Zygote, process: subprocess.Popen[bytes]) -> None:
    loaded(zygote, spec()).close()
    assert eventually(lambda: is_ready(process))
    made_ahead = waiting(process)[0]
    with loaded(zygote, spec(limits=Limits(file_mb=7))) as worker:
        assert worker.call("exercise.largest_file").value == 7 * 2**20
    assert eventually(lambda: made_ahead not in children_of(process.pid))
    assert groups_of(made_ahead) == []


def test_a_file_that_was_replaced_is_bound_anew(
    zygote: Zygote, process: subprocess.Popen[bytes], tmp_path: Path
) -> None:
    shown = tmp_path / "shown.txt"
    shown.write_text("old")
    loaded(zygote, spec(readable=(str(shown),))).close()
    assert eventually(lambda: is_ready(process))
    (tmp_path / "new.txt").write_text("new")
    (tmp_path / "new.txt").replace(shown)
    with loaded(zygote, spec(readable=(str(shown),))) as worker:
        assert worker.call("exercise.read", str(shown)).value == "new"


def test_one_that_has_died_is_made_anew(zygote: Zygote, process: subprocess.Popen[bytes]) -> None:
    loaded(zygote, spec()).close()
    assert eventually(lambda: is_ready(process))
    os.kill(int(waiting(process)[0]), signal.SIGKILL)
    assert eventually(lambda: waiting(process) == [])
    with loaded(zygote, spec("again")) as worker:
        assert worker.call("exercise.greeting").value == "again"


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_it_goes_with_the_zygote(
    zygote: Zygote, process: subprocess.Popen[bytes], how: signal.Signals
) -> None:
    loaded(zygote, spec()).close()
    assert eventually(lambda: is_ready(process))
    made_ahead = waiting(process)[0]
    process.send_signal(how)
    process.wait()
    assert eventually(lambda: not Path("/proc", made_ahead).exists())
    assert eventually(lambda: groups_of(made_ahead) == [])
