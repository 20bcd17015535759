"""Writes a class's renderings: each student's feedback as it comes, and the tables at the end."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from course_runtime.classroom.book import Book, Entry
from course_runtime.classroom.filenames import file_name
from course_runtime.classroom.grades import Grade, grade_of, grades_of
from course_runtime.classroom.lateness import LatePolicy
from course_runtime.classroom.render.feedback import feedback_html
from course_runtime.classroom.render.gradescope import gradescope_json
from course_runtime.classroom.render.summary import summary_html
from course_runtime.classroom.render.table_csv import canvas_csv, gradebook_csv, moodle_csv
from course_runtime.classroom.roster import Roster
from course_runtime.course import Module

FEEDBACK, RESULTS = "feedback", "results"


@dataclass(frozen=True)
class Exporter:
    """`out` is the folder that the instructor named; every module has one of its own in it."""

    out: Path
    module: Module
    roster: Roster
    policy: LatePolicy
    canvas_assignment: str = ""

    @property
    def folder(self) -> Path:
        return self.out / self.module.short

    def write_one(self, entry: Entry) -> None:
        """The student's page, and their result as data."""
        person = self.roster.find(entry.student, entry.lms_id, entry.name)
        self._write_grade(grade_of(entry, person, self.module, self.policy))

    def write_all(self, book: Book) -> list[Grade]:
        """Every page anew: a date or a roster may have changed since it was written."""
        grades = list(grades_of(book, self.module, self.roster, self.policy))
        for grade in grades:
            self._write_grade(grade)
        pages = {grade.student: f"{FEEDBACK}/{file_name(grade.student)}.html" for grade in grades}
        assignment = self.canvas_assignment or f"{self.module.short} {self.module.title}"
        write_whole(self.folder / "summary.html", summary_html(grades, self.module, pages))
        # The mark in front makes Excel read UTF-8; Canvas and Moodle do not want it.
        write_whole(self.folder / "gradebook.csv", "\ufeff" + gradebook_csv(grades, self.module))
        write_whole(self.folder / "canvas.csv", canvas_csv(grades, self.module, assignment))
        write_whole(self.folder / "moodle.csv", moodle_csv(grades))
        return grades

    def _write_grade(self, grade: Grade) -> None:
        name = file_name(grade.student)
        write_whole(self.folder / FEEDBACK / f"{name}.html", feedback_html(grade, self.module))
        if grade.result is not None:
            write_whole(self.folder / RESULTS / f"{name}.json", json.dumps(grade.result.as_json(), indent=1))
            write_whole(self.folder / RESULTS / f"{name}.gradescope.json", gradescope_json(grade.result))


def write_whole(path: Path, text: str) -> None:
    """Never half a file, also with two graders at it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{os.getpid()}")
    with partial.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
        file.write(text)
    partial.replace(path)
