from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from course_runtime.emulator import Places
from course_runtime.grading import ensure_background
from course_runtime.grading.background import stop_background

from .attack import Attack, honest
from .kit import Kit

collect_ignore = ["course"]
PATIENCE = "2"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if sys.platform != "linux" and here in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="the jail is Linux's"))


@pytest.fixture(scope="session")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kit]:
    """One background for all attacks: what one of them breaks, the next ones notice."""
    folder = tmp_path_factory.mktemp("hostile")
    sockets = tempfile.mkdtemp(prefix="hostile-")
    ours = {"WORKSHOP_SECONDS": PATIENCE, "A_TOKEN": "KEPT-SECRET-environment", "XDG_RUNTIME_DIR": sockets}
    before = {name: os.environ.get(name) for name in ours}
    os.environ |= ours
    places = Places.of(folder / "state")
    kit = Kit(places, folder)
    kit.write("others/exercise.py", "# KEPT-SECRET-other-student\n")
    kit.write("state/notes.txt", "KEPT-SECRET-state")
    ensure_background(places)
    yield kit
    stop_background(places)
    shutil.rmtree(sockets)
    for name, value in before.items():
        os.environ.pop(name)
        os.environ |= {name: value} if value is not None else {}


@pytest.fixture(params=["py", "ipynb"])
def attack(kit: Kit, request: pytest.FixtureRequest) -> Iterator[Attack]:
    """Both forms of a submission. Whatever it was, an honest one has its five points right afterwards."""
    yield Attack(kit, request.param)
    require_honest_grade(kit)


@pytest.fixture
def attack_in_py(kit: Kit) -> Iterator[Attack]:
    """For what a notebook makes no difference to, and that takes its time."""
    yield Attack(kit, "py")
    require_honest_grade(kit)


def require_honest_grade(kit: Kit) -> None:
    result = kit.check(kit.write("honest/exercise.py", honest()))
    assert (result.score, result.passed) == (5, True), result
