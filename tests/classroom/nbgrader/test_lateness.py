"""Due dates, penalties and extensions are nbgrader's own, whoever gave the points."""

from __future__ import annotations

import csv
from datetime import datetime

import pytest

from .answers import RIGHT, answered, hand_in
from .courses import Course

DUE = datetime(2026, 11, 21, 18, 0)
SUBMITTED = {"in-time": "2026-11-21 17:00:00 UTC", "late": "2026-11-22 18:00:00 UTC"}
SUBMITTED |= {"extended": SUBMITTED["late"]}


@pytest.fixture
def handed_in(course: Course) -> Course:
    """One in time, two a day late."""
    config = course.folder / "nbgrader_config.py"
    config.write_text(config.read_text() + 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    with course.gradebook() as gradebook:
        gradebook.update_or_create_assignment("module1", duedate=DUE)
    for student, when in SUBMITTED.items():
        hand_in(course.folder, student, answered(course.released(), {**RIGHT, "reflection": "Because."}))
        (course.folder / "submitted" / student / "module1" / "timestamp.txt").write_text(when)
    return course


def test_a_late_one_loses_its_points_and_an_extension_gives_them_back(handed_in: Course) -> None:
    course = handed_in
    course.workshop("nbgrader", "autograde", str(course.folder))
    assert exported(course) == {
        "in-time": ("10.0", "0.0"),
        "late": ("0.0", "10.0"),
        "extended": ("0.0", "10.0"),
    }
    with course.gradebook() as gradebook:
        gradebook.grant_extension("module1", "extended", days=2)
    assert "3 unchanged" in course.workshop("nbgrader", "autograde", str(course.folder))
    course.workshop("nbgrader", "autograde", str(course.folder), "--force")
    assert exported(course) == {
        "in-time": ("10.0", "0.0"),
        "late": ("0.0", "10.0"),
        "extended": ("10.0", "0.0"),
    }


def test_what_a_person_has_graded_stays(handed_in: Course) -> None:
    course = handed_in
    course.workshop("nbgrader", "autograde", str(course.folder))
    with course.gradebook() as gradebook:
        grade = gradebook.find_grade("reflection", "exercise", "module1", "in-time")
        assert grade.needs_manual_grade
        grade.manual_score = 1.5
        gradebook.db.commit()
    course.workshop("nbgrader", "autograde", str(course.folder), "--force")
    assert exported(course)["in-time"] == ("11.5", "0.0")


def exported(course: Course) -> dict[str, tuple[str, str]]:
    """By student, the score and what was taken off, as `nbgrader export` writes them."""
    course.nbgrader("export")
    with (course.folder / "grades.csv").open(newline="") as file:
        return {
            row["student_id"]: (row["score"], row["late_submission_penalty"]) for row in csv.DictReader(file)
        }
