"""The one writer to nbgrader's gradebook: a process that nbgrader's own autograde runs in, a student at a time.

python -m course_runtime.classroom.nbgrader.writing COURSE ASSIGNMENT SUBMISSIONS GRADES

It reads a student's name a line (JSON) until its input ends, and answers each with a line.
"""

from __future__ import annotations

import contextlib
import fcntl
import gc
import json
import logging
import os
import signal
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_runtime.classroom.book import Book, Entry
from course_runtime.classroom.nbgrader.building import CONFIGURATION

OWN_FOLDER = ".workshop"
LOCK = "writer.lock"
SLOW_IMPORT = "rfc3987_syntax"
"""Compiles grammars for a second and a half, for jsonschema to check addresses that no notebook has."""


def main() -> int:
    course, assignment, submissions, grades = sys.argv[1:]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # what was begun is written; the input's end is the end
    sys.modules.setdefault(SLOW_IMPORT, None)  # type: ignore[arg-type]  # jsonschema can do without
    writing = Writing(Path(course), assignment, Path(submissions), Path(grades))
    gc.freeze()  # what nbgrader imports stays, and need not be looked through for every student
    for line in sys.stdin:
        student = json.loads(line)
        sys.stdout.write(json.dumps({"student": student, **writing.write(student)}) + "\n")
        sys.stdout.flush()
    return 0


class Writing:
    """The points are those of the kit's book; what is in nbgrader's already, for exactly this grade, stays."""

    def __init__(self, course: Path, assignment: str, submissions: Path, grades: Path) -> None:
        self._course = course
        self._assignment = assignment
        self._book = Book(grades)
        self._nbgrader = _Autograde(course, assignment, submissions, grades)

    def write(self, student: str) -> dict[str, Any]:
        with _alone(self._course / OWN_FOLDER / LOCK):
            entry = self._book.entry(self._assignment, student)
            if is_written(self._course, entry):
                return {"written": False, "problem": ""}
            marker = marker_of(self._course, entry)
            marker.unlink(missing_ok=True)
            problem = self._nbgrader(student)
            if not problem:
                marker.parent.mkdir(parents=True, exist_ok=True)
                marker.write_text(_mark(entry))
            return {"written": not problem, "problem": problem}


def is_written(course: Path, entry: Entry) -> bool:
    marker = marker_of(course, entry)
    folder = course / "autograded" / entry.student / entry.module
    return folder.is_dir() and marker.is_file() and marker.read_text() == _mark(entry)


def marker_of(course: Path, entry: Entry) -> Path:
    return course / OWN_FOLDER / "written" / entry.module / entry.student


def _mark(entry: Entry) -> str:
    return f"{entry.key} {entry.graded_at}"


class _Autograde:
    """nbgrader's own, with the kit's points in the place of a kernel; its answer is what went wrong."""

    def __init__(self, course: Path, assignment: str, submissions: Path, grades: Path) -> None:
        from nbgrader.converters import Autograde
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config.loader import PyFileConfigLoader

        config: Any = PyFileConfigLoader(CONFIGURATION, path=str(course)).load_config()
        config.GradeInSandbox.grades = str(grades)
        self._coursedir = CourseDirectory(config=config)
        self._coursedir.root = str(course)
        self._coursedir.submitted_directory = os.path.relpath(submissions, course)
        self._coursedir.assignment_id = assignment
        self._said = _Said()
        self._converter = Autograde(coursedir=self._coursedir, config=config, log=self._said.logger)
        self._converter.force = True
        self._converter.autograde_preprocessors = _in_sandbox(self._converter.autograde_preprocessors)

    def __call__(self, student: str) -> str:
        from nbgrader.converters.base import NbGraderException

        self._said.errors.clear()
        self._coursedir.student_id = student
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # SQLAlchemy's, about nbgrader's own queries
                self._converter.start()
        except (NbGraderException, SystemExit):
            return f"nbgrader could not write it: {_why(self._said.errors)}"
        return ""


def _why(errors: list[str]) -> str:
    """Of a traceback, what it ends with."""
    traces = [error for error in errors if error.startswith("Traceback ")]
    if traces:
        return traces[-1].strip().splitlines()[-1]
    return errors[0] if errors else "it did not say why."


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


if __name__ == "__main__":
    sys.exit(main())
