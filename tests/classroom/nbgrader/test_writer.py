"""When the grades cannot be written into nbgrader's gradebook: said in a sentence, kept, and written the next time."""

from __future__ import annotations

import signal
import sqlite3

from ..conftest import Workshop
from .answers import answered, hand_in
from .courses import Course


def test_what_could_not_be_written_is_written_by_the_same_command(course: Course) -> None:
    hand_in(course.folder, "ada", answered(course.released()))
    config = course.folder / "nbgrader_config.py"
    own = config.read_text()
    config.write_text(own + "c.NoSuchThing.setting = no_such_name\n")
    said = course.workshop("nbgrader", "autograde", str(course.folder), code=2)
    assert f"could not be written into {course.folder / 'gradebook.db'}" in said
    assert "name 'no_such_name' is not defined" in said, "why"
    assert "Traceback" not in said
    assert course.points() == {}
    config.write_text(own)
    said = course.workshop("nbgrader", "autograde", str(course.folder))
    assert "1 of 1 have their grade already." in said
    assert "1 graded into gradebook.db" in said
    assert course.points() == {"ada": 10}


def test_one_students_folder_that_cannot_be_written_stops_nobody_else(course: Course) -> None:
    for student in ("ada", "ben"):
        hand_in(course.folder, student, answered(course.released()))
    in_the_way = course.folder / "autograded" / "ada"
    in_the_way.parent.mkdir()
    in_the_way.write_text("a file where a folder should be")
    said = course.workshop("nbgrader", "autograde", str(course.folder), code=1)
    assert "ada has no grade: nbgrader could not write it: NotADirectoryError" in said
    assert str(in_the_way) in said and "Traceback" not in said
    assert course.points()["ben"] == 10
    in_the_way.unlink()
    assert "1 graded into gradebook.db" in course.workshop("nbgrader", "autograde", str(course.folder))
    assert course.points() == {"ada": 10, "ben": 10}


def test_ctrl_c_leaves_a_sentence_and_what_is_graded_is_written(course: Course, workshop: Workshop) -> None:
    students = [f"s{number:02}" for number in range(30)]
    for student in students:
        hand_in(course.folder, student, answered(course.released()))
    process = workshop.start("nbgrader", "autograde", str(course.folder))
    assert process.stdout is not None
    while not process.stdout.readline().startswith("3/30"):
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=120)
    assert process.returncode == 130, stderr
    assert "of 30 have their grade; the same command again goes on from there." in stderr
    with sqlite3.connect(course.folder / ".workshop" / "grades.db") as database:
        rows = database.execute("SELECT student FROM grades WHERE state='graded'").fetchall()
        assert database.execute("SELECT count(*) FROM grades WHERE state='claimed'").fetchone() == (0,)
    assert 3 <= len(rows) < 30
    assert course.points() == {row[0]: 10 for row in rows}
