"""What is rehearsed is found out before the first fork, and leaves nothing behind that a fork could trip over."""

from __future__ import annotations

import subprocess
import sys

import pytest

from course_runtime.sandbox import rehearsals

LEFT_BEHIND = """
import os
os.environ.update(HTTPS_PROXY="http://127.0.0.1:9", HTTP_PROXY="http://127.0.0.1:9")
from course_runtime.sandbox.import_sets import IMPORT_SETS
from course_runtime.sandbox import import_sets, rehearsals
modules = [name for name in IMPORT_SETS["azure-data"].modules if import_sets._import(name) is None]
def state():
    return sorted(os.listdir("/proc/self/fd")), len(os.listdir("/proc/self/task")), dict(os.environ)
before = state()
assert rehearsals.rehearse(modules) == []
assert state() == before, (before, state())
"""
PACKAGES_NOT_ASKED_AGAIN = """
import importlib.metadata, numpy, sklearn.preprocessing
from course_runtime.sandbox.import_sets import make_imports
assert make_imports("data") == []
def refuse(*_, **__):
    raise AssertionError("all installed packages are looked through once more")
importlib.metadata.entry_points = refuse
sklearn.preprocessing.StandardScaler().fit_transform(numpy.eye(3))
"""
NOTHING_LEFT_TO_IMPORT = """
import sys
from course_runtime.sandbox.import_sets import make_imports
assert make_imports("azure") == []
before = set(sys.modules)
from course_runtime.sandbox.azure_rehearsal import rehearse_azure
rehearse_azure()
assert set(sys.modules) == before, set(sys.modules) - before
"""


@pytest.mark.parametrize("source", [LEFT_BEHIND, PACKAGES_NOT_ASKED_AGAIN, NOTHING_LEFT_TO_IMPORT])
def test_in_a_process_of_its_own(source: str) -> None:
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_one_that_fails_is_named_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []

    def fail() -> None:
        raise RuntimeError("out of tune")

    monkeypatch.setattr(rehearsals, "REHEARSALS", {"first": fail, "second": lambda: done.append("second")})
    assert rehearsals.rehearse(["first", "none", "second"]) == ["first: RuntimeError: out of tune"]
    assert done == ["second"]
