from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from course_runtime.sandbox import Answer, Limits, cgroups
from course_runtime.sandbox.cgroups import Group

from .conftest import linux_only

Run = Callable[..., Answer]
MEMORY = "sandbox-worker-memory"
ROOM = "rw,nosuid shared:1 - "


def machine(folder: Path, membership: str, mounts: str) -> Path:
    """A /proc of its own."""
    (folder / "proc/self").mkdir(parents=True)
    (folder / "proc/self/cgroup").write_text(membership)
    (folder / "proc/self/mountinfo").write_text(mounts)
    return folder / "proc"


def hierarchies(controller: str, proc: Path) -> list[tuple[int, Path]]:
    return [(one.version, one.own) for one in cgroups.find(controller, proc)]


def test_a_version_2_group_is_found(tmp_path: Path) -> None:
    proc = machine(
        tmp_path, "0::/user.slice/me.scope\n", f"1 2 0:3 / /sys/fs/cgroup {ROOM}cgroup2 cgroup rw\n"
    )
    assert hierarchies("memory", proc) == [(2, Path("/sys/fs/cgroup/user.slice/me.scope"))]


def test_a_version_1_group_is_that_of_its_controller(tmp_path: Path) -> None:
    mounts = "".join(
        f"1 2 0:3 / /sys/fs/cgroup/{name} {ROOM}cgroup cgroup rw,{name}\n" for name in ("cpu", "memory")
    )
    proc = machine(tmp_path, "2:cpu:/c\n1:memory:/m\n", mounts)
    assert hierarchies("memory", proc) == [(1, Path("/sys/fs/cgroup/memory/m"))]


def test_the_newer_version_comes_first(tmp_path: Path) -> None:
    mounts = f"1 2 0:3 / /old {ROOM}cgroup cgroup rw,memory\n1 2 0:4 / /new {ROOM}cgroup2 cgroup rw\n"
    proc = machine(tmp_path, "1:memory:/\n0::/\n", mounts)
    assert hierarchies("memory", proc) == [(2, Path("/new")), (1, Path("/old"))]


def test_inside_a_container_paths_begin_at_its_own_root(tmp_path: Path) -> None:
    mounts = f"1 2 0:3 /docker/abc /sys/fs/cgroup/memory {ROOM}cgroup cgroup rw,memory\n"
    proc = machine(tmp_path, "1:memory:/docker/abc/inner\n", mounts)
    assert hierarchies("memory", proc) == [(1, Path("/sys/fs/cgroup/memory/inner"))]


def test_a_group_outside_what_is_mounted_is_none(tmp_path: Path) -> None:
    mounts = f"1 2 0:3 /docker/abc /sys/fs/cgroup/memory {ROOM}cgroup cgroup rw,memory\n"
    assert hierarchies("memory", machine(tmp_path, "1:memory:/docker/other\n", mounts)) == []


def test_without_cgroups_the_reason_is_said(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no memory cgroup is mounted here"):
        cgroups.make("memory", Limits(), machine(tmp_path, "", ""))
    with pytest.raises(OSError, match="no pids cgroup"):
        cgroups.make("pids", Limits(), tmp_path / "no such place")


def test_a_folder_without_the_controller_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    mounts = f"1 2 0:3 / {tmp_path}/tree {ROOM}cgroup2 cgroup rw\n"
    with pytest.raises(OSError, match="gives no memory limit"):
        cgroups.make("memory", Limits(), machine(tmp_path, "0::/\n", mounts))
    assert list((tmp_path / "tree").iterdir()) == []


@pytest.mark.parametrize(
    ("file", "text", "killed"),
    [
        ("memory.events", "low 0\noom 3\noom_kill 2\n", True),
        ("memory.events", "low 0\noom 3\noom_kill 0\n", False),
        ("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n", True),
        ("memory.oom_control", "oom_kill_disable 0\nunder_oom 0\n", False),
        ("something.else", "", False),
    ],
)
def test_kills_for_memory_are_counted(tmp_path: Path, file: str, text: str, killed: bool) -> None:
    (tmp_path / "group").mkdir()
    (tmp_path / "group" / file).write_text(text)
    parent = os.open(tmp_path, os.O_RDONLY)
    try:
        assert Group(parent, "group").killed_for_memory() is killed
    finally:
        os.close(parent)


def test_abandoned_groups_go_and_those_of_the_living_stay(tmp_path: Path) -> None:
    living, dead = f"{MEMORY}-{os.getpid()}", f"{MEMORY}-999999999"
    for name in (living, dead, "of-somebody-else"):
        (tmp_path / "tree" / name).mkdir(parents=True)
    mounts = f"1 2 0:3 / {tmp_path}/tree {ROOM}cgroup cgroup rw,memory\n"
    proc = machine(tmp_path, "1:memory:/\n", mounts)
    (proc / str(os.getpid())).mkdir()
    cgroups.remove_abandoned(proc)
    assert sorted(path.name for path in (tmp_path / "tree").iterdir()) == ["of-somebody-else", living]


@linux_only
def test_all_processes_together_have_a_limit(run: Run) -> None:
    require("memory")
    source = """
import os, time
def f():
    children = []
    for _ in range(6):
        if (child := os.fork()) == 0:
            block = bytearray(10 ** 8)
            block[::4096] = b"x" * len(block[::4096])
            time.sleep(60)
        children.append(child)
    return os.waitpid(-1, 0)[1]
"""
    assert run(source, jail_memory_mb=300).value == 9


@linux_only
def test_a_worker_killed_for_memory_says_so(run: Run) -> None:
    require("memory")
    answer = run("def f():\n    kept = []\n    while True: kept.append(b'x' * 10 ** 7)", jail_memory_mb=300)
    assert answer.failure is not None
    assert (answer.failure.kind, answer.failure.message) == ("memory", "more than 300 MB were used in all")


def require(controller: str) -> None:
    try:
        group = cgroups.make(controller, Limits())
    except OSError as problem:
        pytest.skip(f"no {controller} cgroup can be had here: {problem}")
    group.remove()
    os.close(group.parent)
