"""The same jail for an ordinary user, and what is left of it where user namespaces are forbidden."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from course_runtime.sandbox import linux
from course_runtime.sandbox.jail import _forbid_user_namespaces, _unshare_user

from .test_zygote import eventually, running

NOBODY = 65534
ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("unprivileged_check.py")

pytestmark = pytest.mark.skipif(os.getuid() != 0, reason="only root can become an ordinary user")


def become_nobody() -> None:
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def become_nobody_without_namespaces() -> None:
    become_nobody()
    linux.set_dumpable(True)
    _unshare_user()
    _forbid_user_namespaces()
    linux.drop_all_capabilities()


def python_for_nobody() -> str:
    for python in (sys.executable, "/usr/bin/python3"):
        command = [python, "-c", "import sys; sys.exit(sys.version_info < (3, 10))"]
        try:
            if subprocess.run(command, preexec_fn=become_nobody, check=False).returncode == 0:
                return python
        except (OSError, subprocess.SubprocessError):
            continue
    pytest.skip("no Python of 3.10 or later that an ordinary user can run")


def check_as(become: Any) -> dict[str, Any]:
    environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PATH": os.defpath}
    command = [python_for_nobody(), str(SCRIPT)]
    done = subprocess.run(
        command, preexec_fn=become, env=environment, cwd="/", capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_an_ordinary_user_has_the_whole_jail() -> None:
    found = check_as(become_nobody)
    if not found["held"]["user namespace"]:
        pytest.skip("this machine forbids user namespaces to ordinary users")
    lacking = {name for name, held in found["held"].items() if not held}
    assert lacking <= {"cgroup memory", "cgroup pids"}, "cgroups are the machine's to give, the rest is not"
    assert found["seen"] == {"pids": [1, 2], "uid": NOBODY}
    assert found["kind"] == "timeout"
    assert eventually(lambda: running("87654.321") == [])


def test_without_namespaces_a_worker_runs_and_says_what_it_lacks() -> None:
    found = check_as(become_nobody_without_namespaces)
    lacking = {name for name, held in found["held"].items() if not held}
    assert {"user namespace", "pid namespace", "network namespace", "read-only root"} <= lacking
    assert found["held"]["resource limits"]
    assert found["kind"] == "timeout"
    assert eventually(lambda: running("87654.321") == [])
