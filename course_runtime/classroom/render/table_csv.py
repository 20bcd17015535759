"""CSV that no spreadsheet takes for a program: the gradebook, and what Canvas and Moodle import."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from course_runtime.classroom.grades import Grade
from course_runtime.classroom.render.words import STATES, lateness, points
from course_runtime.course import Module
from course_runtime.grading.render import safe

NONE_GIVEN = "-"
FORMULA = tuple("=+-@\t\r\n|%＝＋－＠")  # noqa: RUF001 (spreadsheets take the wide ones for the same)


def gradebook_csv(grades: Iterable[Grade], module: Module) -> str:
    """Everything, for people: a line a student, a column a TODO."""
    head = ["student", "name", "id", "state", "score", "out of", "raw score", "late penalty", "late"]
    todos = [todo.id for todo in module.todos]
    return _csv([[*head, *(f"TODO {one}" for one in todos), "note"], *(_row(one, todos) for one in grades)])


def canvas_csv(grades: Iterable[Grade], module: Module, assignment: str) -> str:
    """As Canvas exports its gradebook: students are found by ID, the assignment by the column's name."""
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", assignment]
    possible = ["    Points Possible", "", "", "", "", points(float(module.max_points))]
    rows = (
        [
            one.name or one.student,
            one.lms_id,
            one.person.sis_id,
            one.person.login,
            one.person.section,
            points(one.final),
        ]
        for one in grades
    )
    return _csv([head, possible, *rows])


def moodle_csv(grades: Iterable[Grade]) -> str:
    """As Moodle's grading worksheet: students are found by Identifier."""
    head = ["Identifier", "Full name", "Email address", "Status", "Grade", "Maximum Grade"]
    head += [
        "Grade can be changed",
        "Last modified (submission)",
        "Last modified (grade)",
        "Feedback comments",
    ]
    rows = (
        [
            f"Participant {one.lms_id}" if one.lms_id else "",
            one.name or one.student,
            one.person.email,
            STATES[one.state],
            points(one.final),
            points(one.max_score),
            "Yes",
            NONE_GIVEN,
            NONE_GIVEN,
            _comment(one),
        ]
        for one in grades
    )
    return _csv([head, *rows])


def harmless(text: str) -> str:
    """Text stays text, on one line: what begins like a formula, were it after blanks, gets an apostrophe before it."""
    shown = safe(text).replace("\n", " ").replace("\t", " ")
    if text == NONE_GIVEN:
        return text
    # What is shown counts too: it has lost its escape sequences, and blanks of other kinds.
    formula = text.startswith(FORMULA) or shown.lstrip().startswith(FORMULA)
    return f"'{shown}" if formula else shown


def _row(grade: Grade, todos: Sequence[str]) -> list[str]:
    by_todo = {todo.id: todo.points for todo in grade.result.todos} if grade.result else {}
    own = [grade.student, grade.name, grade.lms_id, STATES[grade.state], points(grade.final)]
    own += [points(grade.max_score), points(grade.raw), points(grade.penalty), lateness(grade)]
    return [*own, *(points(by_todo.get(one)) for one in todos), grade.message]


def _comment(grade: Grade) -> str:
    if grade.result is None:
        return grade.message
    each = ", ".join(
        f"{todo.id}: {points(todo.points)} of {points(todo.max_points)}" for todo in grade.result.todos
    )
    taken = f"; {lateness(grade)}: -{points(grade.penalty)}" if grade.penalty else ""
    return f"{each}{taken}"


def _csv(rows: Iterable[Sequence[str]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([harmless(one) for one in row] for row in rows)
    return file.getvalue()
