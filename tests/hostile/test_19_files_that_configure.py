"""19 Files that steer test runners and imports, in the folder that is handed in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .attack import Attack, shaped
from .kit import Kit

PASS_ALL = """
import pytest
@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    outcome = yield
    outcome.get_result().outcome = "passed"
"""
FILES = {
    "conftest.py": PASS_ALL,
    "pytest.ini": "[pytest]\naddopts = --collect-only -p forged\n",
    "pyproject.toml": '[tool.pytest.ini_options]\naddopts = "--co"\n',
    "tox.ini": "[pytest]\naddopts = --co\n",
    "setup.cfg": "[tool:pytest]\naddopts = --co\n",
    "sitecustomize.py": "import builtins; builtins.AssertionError = ValueError",
    "usercustomize.py": "raise SystemExit(0)",
    "forged.pth": "import os; os._exit(0)",
    "forged.py": PASS_ALL,
    "json.py": "raise SystemExit(0)",
    "random.py": "def randrange(*_): return 1",
    "test_module1.py": "def test_double(): pass",
    "probes.py": "raise SystemExit(0)",
    "course_runtime/__init__.py": "raise SystemExit(0)",
    "course_runtime/sandbox/worker.py": "raise SystemExit(0)",
}


@pytest.fixture
def surrounded(kit: Kit) -> Iterator[None]:
    paths = [kit.write(f"attack/{name}", text) for name, text in FILES.items()]
    yield
    for path in paths:
        path.unlink()


@pytest.mark.usefixtures("surrounded")
def test_a_wrong_answer_stays_wrong(attack: Attack) -> None:
    result = attack("")
    assert [todo.status for todo in result.todos] == ["failed", "failed"]


@pytest.mark.usefixtures("surrounded")
def test_in_the_named_folder_too(kit: Kit) -> None:
    path = kit.write("attack/exercise.py", shaped("", "return None", "return None"))
    assert kit.check(path.parent).score == 0
    path.unlink()
