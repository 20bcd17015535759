from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_runtime.course import Catalogue, Module, build, load_catalogue, start

SMALL_COURSE = Path(__file__).with_name("small_course")
collect_ignore = ["small_course"]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content root of one's own: a copy of the small course."""
    copy = tmp_path / "kit"
    shutil.copytree(SMALL_COURSE, copy)
    monkeypatch.setenv("WORKSHOP_CONTENT", str(copy))
    return copy


@pytest.fixture
def catalogue(root: Path) -> Catalogue:
    return load_catalogue(root)


@pytest.fixture
def basics(catalogue: Catalogue) -> Module:
    """One source with TODOs 0.1 (at module level) and 0.2 (two regions in methods), and a CSV."""
    return catalogue.module("module0")


@pytest.fixture
def scripts(catalogue: Catalogue) -> Module:
    """Two sources: exercise.py with TODO 3.1 and train.py with TODO 3.2; and settings.py as given."""
    return catalogue.module("module3")


@pytest.fixture
def built(catalogue: Catalogue) -> Catalogue:
    build(catalogue)
    return catalogue


@pytest.fixture
def course(tmp_path: Path, catalogue: Catalogue) -> Path:
    """A student's working copy."""
    folder = tmp_path / "student"
    start(folder, "whole", catalogue)
    return folder
