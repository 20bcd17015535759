"""`workshop nbgrader autograde`: a class graded many at a time, and one writer to nbgrader's gradebook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.classroom.batch import Batch
from course_runtime.classroom.book import Book, Entry
from course_runtime.classroom.nbgrader.building import CONFIGURATION
from course_runtime.classroom.nbgrader.needed import require_nbgrader
from course_runtime.classroom.nbgrader.staging import Staged, released_notebook, stage, submitted_folders
from course_runtime.classroom.nbgrader.writer import Writer
from course_runtime.classroom.nbgrader.writing import OWN_FOLDER, is_written
from course_runtime.classroom.scratch import scratch_folder
from course_runtime.course import Module
from course_runtime.emulator import Places
from course_runtime.grading import KitError

BOOK = "grades.db"
FINISHED = ("graded", "refused")


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
                return self._grade(batch, staged, during)
        finally:
            book.close()

    def _grade(self, batch: Batch, staged: list[Staged], during: Callable[[Batch], object]) -> Outcome:
        """Each grade is written while the next ones are worked out."""
        outcome = Outcome(len(staged), notes={one.student: one.notes for one in staged if one.notes})
        unwritten = self._unwritten(batch.book, staged)
        if not unwritten and batch.counts.done == batch.counts.total:
            return outcome
        with Writer(self.course, self.module.short, batch.scratch, batch.book.path) as writer:
            for student in unwritten:
                writer.ask(student)
            batch.on_done.append(
                lambda entry, _: writer.ask(entry.student) if entry.state in FINISHED else None
            )
            during(batch)
            for answer in writer.answers():
                if answer.written:
                    outcome.written.append(answer.student)
                elif answer.problem:
                    outcome.failed[answer.student] = answer.problem
        for entry in self._entries(batch.book, staged):
            if entry.state == "failed":
                outcome.failed[entry.student] = entry.message
        return outcome

    def _unwritten(self, book: Book, staged: list[Staged]) -> list[str]:
        """Graded by an earlier run that ended before it was written."""
        return [
            entry.student
            for entry in self._entries(book, staged)
            if entry.state in FINISHED and not is_written(self.course, entry)
        ]

    def _entries(self, book: Book, staged: list[Staged]) -> Iterator[Entry]:
        """Not of those whose submission is there no more."""
        return (book.entry(self.module.short, one.student) for one in staged)
