"""A course built and released once; each test has a copy of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from course_runtime.emulator import Places

from .courses import Course, course_in


@pytest.fixture(scope="session")
def released_course(places: Places, tmp_path_factory: pytest.TempPathFactory) -> Course:
    pytest.importorskip("nbgrader", reason='nbgrader comes with `pip install "azureml-workshop[classroom]"`')
    built = course_in(tmp_path_factory.mktemp("released"), places)
    built.workshop("nbgrader", "build", str(built.folder))
    built.nbgrader("generate_assignment", "module1")
    return built


@pytest.fixture
def course(released_course: Course, places: Places, tmp_path: Path) -> Course:
    """Released, and nothing handed in."""
    own = course_in(tmp_path, places)
    shutil.copytree(released_course.folder, own.folder)
    return own
