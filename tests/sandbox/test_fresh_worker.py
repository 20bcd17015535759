"""Workers that are a Python of their own: asked for, or because a fork of TensorFlow hung."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.sandbox import JailSpec, Worker, Zygote
from course_runtime.sandbox.trusted_worker import _has_hung

from .conftest import linux_only

pytestmark = linux_only
HANGS_IN_A_FORK = """
import sys, threading
forked = any("sandbox.zygote" in word for word in sys.orig_argv)
class Kept:
    pass
def keep(): return Kept()
def f(kept):
    if forked:
        threading.Event().wait()
    return type(kept).__name__
"""


def test_a_fresh_one_has_the_same_jail(zygote: Zygote) -> None:
    source = (
        "import os, sys\ndef f(): return [os.getuid(), sorted(n for n in os.listdir('/proc') if n.isdigit()),"
        " 'fresh_worker' in sys.orig_argv[3], os.getcwd()]"
    )
    seen = []
    for fresh in (False, True):
        with zygote.spawn(JailSpec(environment={}, fresh=fresh)) as worker:
            assert worker.load("exercise", source, "exercise.py", {}).ok
            seen.append(
                (worker.call("exercise.f").value, [(one.name, one.held) for one in worker.mechanisms])
            )
    (forked, walls), (fresh_one, fresh_walls) = seen
    assert (forked[2], fresh_one[2]) == (False, True)
    assert (forked[:2], forked[3], walls) == (fresh_one[:2], fresh_one[3], fresh_walls)


@pytest.fixture
def tensorflow(tmp_path: Path) -> Iterator[Zygote]:
    if importlib.util.find_spec("tensorflow") is None:
        pytest.skip("TensorFlow is not installed here")
    process, zygote = Zygote.start("tensorflow", tmp_path / "z"), Zygote(tmp_path / "z")
    zygote.wait_until_ready(120)
    yield zygote
    process.terminate()
    process.wait()


def hang(worker: Worker) -> None:
    doors = []
    worker.open_door(lambda door: doors.append(door.fileno()))
    assert worker.load("exercise", HANGS_IN_A_FORK, "exercise.py", {}).ok
    kept = worker.call("exercise.keep").value
    answer = worker.call("exercise.f", kept, seconds=5)
    assert (answer.value, answer.failure, len(doors)) == ("Kept", None, 2)
    failure = worker.call("time.sleep", 60, seconds=1).failure
    assert failure is not None and failure.kind == "timeout", "a fresh one that hangs is a time-out"


def test_a_fork_that_hangs_is_started_cold_and_asked_again(tensorflow: Zygote) -> None:
    with tensorflow.spawn(JailSpec(environment={})) as worker:
        hang(worker)
    with tensorflow.spawn(JailSpec(environment={})) as worker:
        worker.load("exercise", "def f():\n    while True: pass", "exercise.py", {})
        failure = worker.call("exercise.f", seconds=5).failure
        assert failure is not None and failure.kind == "timeout"
        assert failure.frames[-1].line == 2, "an endless loop is not a hang"


def test_only_forks_of_tensorflow_are_asked_again() -> None:
    assert _has_hung({"forked_cpu_ms": 100}, 2.0)
    assert not _has_hung({"forked_cpu_ms": 300}, 2.0)
    assert not _has_hung({}, 2.0)
