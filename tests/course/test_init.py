from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import course_runtime.course as room

HEAVY = {"jupytext", "nbformat", "difflib", "json", "ast", "tempfile", "numpy", "asyncio", "dataclasses"}


def test_every_public_name_is_there() -> None:
    for name in room.__all__:
        assert getattr(room, name) is not None


def test_no_file_hides_a_public_name() -> None:
    files = {path.stem for path in Path(room.__file__).parent.glob("*.py")}
    assert files.isdisjoint(room.__all__)


def test_an_unknown_name_is_an_ordinary_attribute_error() -> None:
    assert not hasattr(room, "nothing_of_the_kind")


def test_importing_the_room_loads_nothing_heavy() -> None:
    code = "import sys, course_runtime.course; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    loaded = set(out.split())
    assert not HEAVY & loaded
    assert not {name for name in loaded if name.startswith("course_runtime.course.")}


def test_finding_a_submission_loads_no_notebook_library() -> None:
    code = "import sys; from course_runtime.course import find_submission; print(*sys.modules)"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"jupytext", "nbformat", "numpy"} & set(out.split())


def test_the_room_imports_nothing_of_ours_but_itself() -> None:
    for path in Path(room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if named.startswith("course_runtime"):
                assert named.startswith("course_runtime.course."), f"{path.name} imports {named}"
