"""Who is in the class: a CSV of the instructor's own, Canvas's exported gradebook, or Moodle's grading worksheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.classroom.labels import readable
from course_runtime.classroom.lateness import moment
from course_runtime.grading import KitError

COLUMNS = {
    "student": ("student id", "student", "username", "user"),
    "lms_id": ("id", "identifier", "canvas id", "moodle id"),
    "name": ("name", "full name"),
    "email": ("email", "email address"),
    "sis_id": ("sis user id", "sis id"),
    "login": ("sis login id", "login"),
    "section": ("section",),
    "due": ("due", "due date"),
    "extension": ("extension", "extension days"),
    "submitted": ("submitted",),
}
HEADING_ROWS = ("points possible",)
PARTICIPANT = "Participant "


@dataclass(frozen=True)
class Person:
    student: str = ""
    lms_id: str = ""
    name: str = ""
    email: str = ""
    sis_id: str = ""
    login: str = ""
    section: str = ""
    due: float | None = None
    extension: float = 0.0
    """Days."""
    submitted: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """By which a submission may be known as this person's."""
        return tuple(one for one in (self.student, self.lms_id, self.login, self.email, self.name) if one)


@dataclass
class Roster:
    people: list[Person] = field(default_factory=list)

    def find(self, student: str, lms_id: str, name: str) -> Person | None:
        """The number of the learning platform is surest; a name that two people have is nobody's."""
        for wanted in (lms_id, student, name):
            found = [person for person in self.people if wanted and wanted in person.names]
            if len(found) == 1:
                return found[0]
        return None


def load_roster(path: Path) -> Roster:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise KitError(f"{path} cannot be read: {error.strerror}.", "Name the class's CSV file.") from None
    except UnicodeDecodeError:
        raise KitError(f"{path} is not UTF-8 text.", "Save it as CSV in UTF-8.") from None
    rows = csv.DictReader(io.StringIO(text))
    columns = _columns(rows.fieldnames or [], path)
    return Roster([_person(row, columns, path) for row in rows if not _is_heading(row)])


def _columns(given: Sequence[str], path: Path) -> dict[str, str]:
    """Of our names, the file's. Canvas calls the full name Student, beside its own ID."""
    names = {str(name).strip().lower(): str(name) for name in given}
    columns = {ours: names[one] for ours, known in COLUMNS.items() for one in reversed(known) if one in names}
    if "id" in names and "student" in names and "name" not in columns:
        columns["name"] = columns.pop("student")
    if not {"student", "lms_id", "name", "email"} & set(columns):
        raise KitError(
            f"{path} has no column that says who is who; its first line is: {', '.join(names) or 'empty'}.",
            "Its first line must name the columns, one of them `student`, `id`, `name` or `email`.",
        )
    return columns


def _person(row: dict[str, str | None], columns: dict[str, str], path: Path) -> Person:
    values = {ours: readable((row.get(theirs) or "").strip()) for ours, theirs in columns.items()}
    return Person(
        student=values.get("student", ""),
        lms_id=values.get("lms_id", "").removeprefix(PARTICIPANT),
        name=values.get("name", ""),
        email=values.get("email", ""),
        sis_id=values.get("sis_id", ""),
        login=values.get("login", ""),
        section=values.get("section", ""),
        due=_moment(values.get("due", ""), f"due in {path.name}"),
        extension=_days(values.get("extension", ""), path),
        submitted=_moment(values.get("submitted", ""), f"submitted in {path.name}"),
    )


def _moment(text: str, what: str) -> float | None:
    return moment(text, what) if text else None


def _days(text: str, path: Path) -> float:
    try:
        return float(text or 0)
    except ValueError:
        raise KitError(f"extension in {path.name} is {text!r}.", "Write a number of days.") from None


def _is_heading(row: dict[str, str | None]) -> bool:
    return any(
        (value or "").strip().lower() in HEADING_ROWS for value in row.values() if isinstance(value, str)
    )
