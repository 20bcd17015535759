"""A background of the classroom tests' own, a small course, and classes that hand in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from course_runtime.classroom import Batch, Book, Collected, collect, scratch_folder
from course_runtime.course import Catalogue, Module, load_catalogue
from course_runtime.emulator import Places
from course_runtime.grading import stop_background

collect_ignore = ["course"]
COURSE = Path(__file__).with_name("course")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(COURSE)


@pytest.fixture(scope="session")
def module(catalogue: Catalogue) -> Module:
    return catalogue.module("1")


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    """Where the tests' background lives; it is started by the first check and ended at the end."""
    sockets = tempfile.mkdtemp(prefix="classroom-")
    own = {"XDG_RUNTIME_DIR": sockets}
    before = {name: os.environ.get(name) for name in own}
    os.environ |= own
    found = Places.of(tmp_path_factory.mktemp("state"))
    yield found
    stop_background(found)
    shutil.rmtree(sockets)
    for name, value in before.items():
        os.environ.pop(name)
        os.environ |= {name: value} if value is not None else {}


@dataclass
class Classroom:
    """Grades a folder in this process; `out` stays, so that a second time goes on."""

    module: Module
    places: Places
    out: Path

    def grade(self, where: Path, *, jobs: int = 2, again: bool = False) -> Batch:
        with scratch_folder(self.out) as scratch:
            collected = collect(where, scratch)
            batch = self.batch(collected, scratch, jobs=jobs, again=again)
            batch.run()
        return batch

    def batch(self, collected: Collected, scratch: Path, *, jobs: int = 2, again: bool = False) -> Batch:
        batch = Batch(self.module, self.module.root, self.places, self.book(), scratch, jobs)
        batch.register(collected.submissions, again=again)
        return batch

    def book(self) -> Book:
        return Book(self.out / "grades.db")

    def scores(self) -> dict[str, float | None]:
        """By student; None where there is no result."""
        return {
            one.student: one.result.score if one.result else None
            for one in self.book().entries(self.module.short)
        }


@pytest.fixture
def classroom(module: Module, places: Places, tmp_path: Path) -> Classroom:
    out = tmp_path / "out"
    out.mkdir()
    return Classroom(module, places, out)


@pytest.fixture
def workshop(places: Places) -> Iterator[Workshop]:
    yield Workshop(places)


@dataclass
class Workshop:
    """The command, with this course and this background."""

    places: Places

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        own = {"WORKSHOP_STATE": str(self.places.state), "WORKSHOP_CONTENT": str(COURSE), "COLUMNS": "100"}
        return subprocess.Popen(
            [sys.executable, "-m", "course_runtime.cli", *arguments],
            env={**os.environ, **own, "PYTHONPATH": str(ROOT), "TERM": "dumb"},
            cwd=self.places.state,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        stdout, stderr = process.communicate(timeout=300)
        return subprocess.CompletedProcess(arguments, process.returncode, stdout, stderr)
