"""`workshop nbgrader autograde`: a class graded many at a time, and one writer to nbgrader's gradebook."""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_runtime.classroom.batch import Batch
from course_runtime.classroom.book import Book, Entry
from course_runtime.classroom.nbgrader.building import CONFIGURATION
from course_runtime.classroom.nbgrader.needed import require_nbgrader
from course_runtime.classroom.nbgrader.staging import Staged, released_notebook, stage, submitted_folders
from course_runtime.classroom.scratch import scratch_folder
from course_runtime.course import Module
from course_runtime.emulator import Places
from course_runtime.grading import KitError

OWN_FOLDER = ".workshop"
BOOK = "grades.db"


@dataclass
class Outcome:
    """`notes`: what was wrong with a notebook, by student; `failed`: who has no grade in gradebook.db, and why."""

    students: int = 0
    written: list[str] = field(default_factory=list)
    notes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


@dataclass
class Autograding:
    course: Path
    module: Module
    content: Path
    places: Places
    jobs: int
    unsandboxed: bool = False
    again: bool = False

    def __post_init__(self) -> None:
        self.course = self.course.absolute()

    def run(self, during: Callable[[Batch], object] = Batch.run) -> Outcome:
        """`during` runs the batch; it may show how far it is."""
        require_nbgrader()
        if not (self.course / CONFIGURATION).is_file():
            raise KitError(
                f"{self.course} is no nbgrader course: it has no {CONFIGURATION}.",
                "Make one with `workshop nbgrader build DIR`.",
            )
        released = released_notebook(self.course, self.module.short)
        folders = submitted_folders(self.course, self.module.short)
        if not folders:
            raise KitError(
                f"Nobody has submitted {self.module.short}: there is no {self.course}/submitted/STUDENT/"
                f"{self.module.short}.",
                "Bring submissions in with `nbgrader collect` or `nbgrader zip_collect`.",
            )
        own = self.course / OWN_FOLDER
        own.mkdir(exist_ok=True)
        book = Book(own / BOOK)
        try:
            with scratch_folder(own) as scratch:
                staged = [stage(folder, released, scratch) for folder in folders]
                batch = Batch(
                    self.module, self.content, self.places, book, scratch, self.jobs, self.unsandboxed
                )
                batch.register([one.handed_in for one in staged], again=self.again)
                during(batch)
                return self._write(staged, book, scratch)
        finally:
            book.close()

    def _write(self, staged: list[Staged], book: Book, staging: Path) -> Outcome:
        outcome = Outcome(len(staged), notes={one.student: one.notes for one in staged if one.notes})
        with _alone(self.course / OWN_FOLDER / "writer.lock"):
            write_one = self._writer(staging, book.path)
            for one in staged:
                entry = book.entry(self.module.short, one.student)
                if entry.state == "failed":
                    outcome.failed[one.student] = entry.message
                elif self.again or not self._is_written(entry):
                    self._written(one.student).unlink(missing_ok=True)
                    problem = write_one(one.student)
                    if problem:
                        outcome.failed[one.student] = problem
                    else:
                        self._remember(entry)
                        outcome.written.append(one.student)
        return outcome

    def _writer(self, staging: Path, book: Path) -> Callable[[str], str]:
        """nbgrader's own autograde, one student at a time, with the points that the kit has given."""
        from nbgrader.converters import Autograde
        from nbgrader.converters.base import NbGraderException
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config.loader import PyFileConfigLoader

        root = self.course.absolute()
        config: Any = PyFileConfigLoader(CONFIGURATION, path=str(root)).load_config()
        coursedir = CourseDirectory(config=config)
        coursedir.root = str(root)
        coursedir.submitted_directory = os.path.relpath(staging, root)
        coursedir.assignment_id = self.module.short
        config.GradeInSandbox.grades = str(book.absolute())
        said = _Said()
        autograde = Autograde(coursedir=coursedir, config=config, log=said.logger)
        autograde.force = True
        autograde.autograde_preprocessors = _in_sandbox(autograde.autograde_preprocessors)

        def write(student: str) -> str:
            said.errors.clear()
            coursedir.student_id = student
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")  # SQLAlchemy's, about nbgrader's own queries
                    autograde.start()
            except (NbGraderException, SystemExit):
                return " ".join(said.errors) or "nbgrader could not write it."
            return ""

        return write

    def _is_written(self, entry: Entry) -> bool:
        marker = self._written(entry.student)
        folder = self.course / "autograded" / entry.student / self.module.short
        return folder.is_dir() and marker.is_file() and marker.read_text() == _mark(entry)

    def _remember(self, entry: Entry) -> None:
        marker = self._written(entry.student)
        marker.parent.mkdir(parents=True, exist_ok=True)
        marker.write_text(_mark(entry))

    def _written(self, student: str) -> Path:
        return self.course / OWN_FOLDER / "written" / self.module.short / student


def _mark(entry: Entry) -> str:
    return f"{entry.key} {entry.graded_at}"


def _in_sandbox(steps: list[Any]) -> list[Any]:
    """Also where the configuration says kernel=True."""
    from nbgrader.preprocessors import Execute

    from course_runtime.classroom.nbgrader.preprocessors import GradeInSandbox

    return [GradeInSandbox if step is Execute else step for step in steps]


class _Said:
    """What nbgrader logs while it writes one student: kept, for the sentence about a failure."""

    def __init__(self) -> None:
        self.errors: list[str] = []
        self.logger = logging.Logger("nbgrader")
        handler = logging.Handler(logging.ERROR)
        handler.emit = lambda record: self.errors.append(record.getMessage())  # type: ignore[method-assign]
        self.logger.addHandler(handler)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
