"""55 Its own limits, raised or left by a new program."""

from __future__ import annotations

from .attack import Attack

SOURCE = """
import os, resource, subprocess, sys
def raise_limits():
    done = []
    for name in ("AS", "CPU", "FSIZE", "NOFILE", "NPROC", "CORE"):
        try:
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (resource.RLIM_INFINITY,) * 2)
            done.append(name)
        except (OSError, ValueError):
            pass
    for folder in ("/sys/fs/cgroup", "/proc/self/oom_score_adj", "/proc/sys/kernel/core_pattern"):
        try:
            open(folder, "r+").write("-1000") if os.path.isfile(folder) else os.listdir(folder)
            done.append(folder)
        except OSError:
            pass
    return done
def by_a_new_program():
    code = "import resource; print(resource.getrlimit(resource.RLIMIT_AS)[1] > 0)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout
"""


def test_none_can_be_raised(attack: Attack) -> None:
    result = attack(SOURCE, "raise RuntimeError(raise_limits())")
    assert "raised RuntimeError: []" in result.todos[0].message


def test_a_new_program_has_them_too(attack: Attack) -> None:
    result = attack(SOURCE, "return by_a_new_program()")
    assert "True" in result.todos[0].message
