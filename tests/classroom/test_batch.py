"""A class graded in this process: known truth, going on, and grading only what changed."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from course_runtime.classroom import Batch, collect, scratch_folder
from course_runtime.course import load_catalogue
from course_runtime.grading import KitError

from .conftest import COURSE, Classroom
from .submissions import KINDS, Kind, notebook, source

STUDENTS = 100


def hand_in(folder: Path, number: int, kind: Kind) -> str:
    """As a folder, a notebook in a folder, a file of a platform's, or a zip."""
    student, suffix = f"s{number:03}-{kind.name}", "ipynb" if number % 2 else "py"
    text = notebook(kind.text) if suffix == "ipynb" else kind.text
    text = kind.text if kind.refused else text
    if number % 5 == 0:
        (folder / f"{student}_{number + 1000}_77_exercise.{suffix}").write_text(text)
        return f"{student}_{number + 1000}"
    if number % 5 == 1:
        with zipfile.ZipFile(folder / f"{student}.zip", "w") as archive:
            archive.writestr(f"module1_prices/exercise.{suffix}", text)
        return student
    (folder / student).mkdir()
    (folder / student / (f"exercise.{suffix}" if number % 5 < 4 else f"mine.{suffix}")).write_text(text)
    return student


def test_a_hundred_submissions_get_exactly_what_they_are_worth(classroom: Classroom, tmp_path: Path) -> None:
    handed_in = tmp_path / "class"
    handed_in.mkdir()
    kinds = [KINDS[number % len(KINDS)] for number in range(STUDENTS)]
    expected = {hand_in(handed_in, number, kind): kind for number, kind in enumerate(kinds)}
    batch = classroom.grade(handed_in)
    found = {one.student: one for one in classroom.book().entries("module1")}
    assert {student: found[student].state for student in expected} == {
        student: "refused" if kind.refused else "graded" for student, kind in expected.items()
    }
    assert {student: one.result.score if one.result else 0 for student, one in found.items()} == {
        student: kind.points for student, kind in expected.items()
    }
    assert batch.counts.done == batch.counts.total == STUDENTS


def test_only_what_changed_is_graded_again(classroom: Classroom, tmp_path: Path) -> None:
    handed_in = a_class(tmp_path, anna=source(), ben=source(words="return 1"))
    classroom.grade(handed_in)
    (handed_in / "ben" / "exercise.py").write_text(source())
    second = classroom.grade(handed_in)
    assert dict(second.counts.by_state) == {"kept": 1, "graded": 1}
    assert classroom.scores() == {"anna": 10, "ben": 10}


def test_a_changed_test_touches_everybody(places: object, tmp_path: Path) -> None:
    course = tmp_path / "course"
    shutil.copytree(COURSE, course)
    out = tmp_path / "out"
    out.mkdir()
    handed_in = a_class(tmp_path, anna=source(words="return 'x'"), ben=source())

    def grade() -> Classroom:
        room = Classroom(load_catalogue(course).module("1"), places, out)  # type: ignore[arg-type]
        room.grade(handed_in)
        return room

    assert grade().scores() == {"anna": 7, "ben": 10}
    tests = course / "graders/module1_prices/test_module1.py"
    tests.write_text(tests.read_text().replace('f"{price:.2f} EUR",', '"x",'))
    assert grade().scores() == {"anna": 10, "ben": 7}


def test_again_grades_what_did_not_change(classroom: Classroom, tmp_path: Path) -> None:
    handed_in = a_class(tmp_path, anna=source())
    classroom.grade(handed_in)
    assert classroom.grade(handed_in, again=True).counts.by_state["graded"] == 1


def test_the_same_student_has_the_same_world_when_graded_again(classroom: Classroom, tmp_path: Path) -> None:
    handed_in = a_class(
        tmp_path,
        anna=source(cheapest="raise ValueError(prices)"),
        ben=source(cheapest="raise ValueError(prices)"),
    )
    classroom.grade(handed_in)
    first = {one.student: said(one) for one in classroom.book().entries("module1")}
    classroom.grade(handed_in, again=True)
    assert first == {one.student: said(one) for one in classroom.book().entries("module1")}


def said(entry: object) -> str:
    return entry.result.todos[1].message  # type: ignore[attr-defined, no-any-return]


def test_a_submission_that_changes_meanwhile_is_not_given_a_grade_of_the_old_one(
    classroom: Classroom, tmp_path: Path
) -> None:
    handed_in = a_class(tmp_path, anna=source())
    with scratch_folder(classroom.out) as scratch:
        batch = classroom.batch(collect(handed_in, scratch), scratch)
        (handed_in / "anna" / "exercise.py").write_text(source(words="return 1"))
        batch.run()
    entry = classroom.book().entry("module1", "anna")
    assert entry.state == "failed" and "changed" in entry.message
    classroom.grade(handed_in)
    assert classroom.scores() == {"anna": 7}


def test_what_the_kit_could_not_grade_is_tried_again(
    classroom: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed_in = a_class(tmp_path, anna=source())
    with monkeypatch.context() as patched:
        patched.setattr("course_runtime.classroom.grading_one.PendingCheck", Unlucky)
        classroom.grade(handed_in)
    assert classroom.book().entry("module1", "anna").state == "failed"
    classroom.grade(handed_in)
    assert classroom.scores() == {"anna": 10}


def test_a_kit_that_grades_nobody_stops(
    classroom: Classroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("course_runtime.classroom.grading_one.PendingCheck", Unlucky)
    with pytest.raises(KitError, match="in a row"):
        classroom.grade(a_class(tmp_path, **{f"s{number}": source() for number in range(9)}))


class Unlucky:
    def __init__(self, *_: object) -> None:
        pass

    def cancel(self) -> None:
        pass

    def result(self) -> None:
        raise KitError("The grader is gone.")


def a_class(folder: Path, **sources: str) -> Path:
    handed_in = folder / "class"
    for student, text in sources.items():
        (handed_in / student).mkdir(parents=True)
        (handed_in / student / "exercise.py").write_text(text)
    return handed_in


def test_a_batch_says_each_grade_as_it_comes(classroom: Classroom, tmp_path: Path) -> None:
    handed_in = a_class(tmp_path, anna=source(), ben=source())
    said_of: list[str] = []
    with scratch_folder(classroom.out) as scratch:
        batch: Batch = classroom.batch(collect(handed_in, scratch), scratch)
        batch.on_done.append(lambda entry, counts: said_of.append(f"{entry.student} {counts.done}"))
        batch.run()
    assert sorted(one.split()[0] for one in said_of) == ["anna", "ben"]
    assert [one.split()[1] for one in said_of] == ["1", "2"]
