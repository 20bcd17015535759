"""A student's grade, as every rendering shows it: the result, what was taken off, and who it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from course_runtime.classroom.book import Book, Entry
from course_runtime.classroom.lateness import LatePolicy
from course_runtime.classroom.roster import Person, Roster
from course_runtime.course import Module
from course_runtime.grading import Result

MISSING = "missing"


@dataclass(frozen=True)
class Grade:
    """`state`: graded, refused, failed, waiting, claimed, or missing (on the roster, and nothing handed in)."""

    student: str
    name: str
    lms_id: str
    state: str
    max_score: float
    message: str = ""
    result: Result | None = None
    seconds_late: float = 0.0
    penalty: float = 0.0
    person: Person = field(default_factory=Person)

    @property
    def raw(self) -> float | None:
        """What the work is worth, before anything is taken off; None while nobody can say."""
        if self.state == "graded" and self.result is not None:
            return self.result.score
        return 0.0 if self.state == "refused" else None

    @property
    def final(self) -> float | None:
        return None if self.raw is None else round(self.raw - self.penalty, 4)


def grades_of(book: Book, module: Module, roster: Roster, policy: LatePolicy) -> Iterator[Grade]:
    """By student; after them those of the roster who handed nothing in."""
    seen: set[Person] = set()
    for entry in book.entries(module.short):
        person = roster.find(entry.student, entry.lms_id, entry.name)
        if person is not None:
            seen.add(person)
        yield grade_of(entry, person, module, policy)
    for person in roster.people:
        if person not in seen:
            yield _missing(person, module)


def grade_of(entry: Entry, person: Person | None, module: Module, policy: LatePolicy) -> Grade:
    who = person or Person()
    submitted = who.submitted if who.submitted is not None else entry.submitted
    late = policy.seconds_late(submitted, who.due, who.extension)
    most = entry.result.max_score if entry.result else float(module.max_points)
    raw = entry.result.score if entry.result else 0.0
    return Grade(
        entry.student,
        who.name or entry.name,
        who.lms_id or entry.lms_id,
        entry.state,
        most,
        entry.message,
        entry.result,
        late,
        policy.penalty(raw, most, late),
        who,
    )


def _missing(person: Person, module: Module) -> Grade:
    student = person.student or person.login or person.email or person.name or person.lms_id
    return Grade(
        student,
        person.name,
        person.lms_id,
        MISSING,
        float(module.max_points),
        "Nothing was handed in.",
        person=person,
    )
