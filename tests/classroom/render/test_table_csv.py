from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.classroom.render.table_csv import canvas_csv, gradebook_csv, harmless, moodle_csv
from course_runtime.classroom.roster import Person
from course_runtime.course import Module

from .grades import graded, missing, refused

FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "=cmd|' /C calc'!A0", "＝1"]  # noqa: RUF001
FORMULAS += ["\u2003=1", "\u3000+1", "\x1b[0m=1", "\x1b[31m\x1b[1m@SUM(A1)", " \x1b[0m =1"]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_gradebook_has_a_line_a_student_and_a_column_a_todo(module: Module) -> None:
    anna, ben, cleo = rows(
        gradebook_csv([graded(penalty=1.5, seconds_late=1.0), refused(), missing()], module)
    )
    assert (anna["score"], anna["raw score"], anna["late penalty"], anna["late"]) == (
        "4.5",
        "6",
        "1.5",
        "1 h late",
    )
    assert (anna["TODO 1.1"], anna["TODO 1.2"], anna["TODO 1.3"]) == ("3", "3", "0")
    assert (ben["score"], ben["note"]) == ("0", "ben.zip is encrypted.")
    assert (cleo["score"], cleo["state"]) == ("", "nothing handed in")


def test_canvas_finds_students_by_id_and_the_assignment_by_its_name(module: Module) -> None:
    person = Person(sis_id="S-1", login="ameier", section="A")
    possible, anna = rows(canvas_csv([graded(person=person)], module, "Prices (77)"))
    assert possible["Student"].strip() == "Points Possible" and possible["Prices (77)"] == "10"
    assert anna == {
        "Student": "Anna Meier",
        "ID": "12",
        "SIS User ID": "S-1",
        "SIS Login ID": "ameier",
        "Section": "A",
        "Prices (77)": "6",
    }


def test_moodle_finds_them_by_identifier() -> None:
    (anna,) = rows(moodle_csv([graded()]))
    assert (anna["Identifier"], anna["Grade"], anna["Maximum Grade"]) == ("Participant 12", "6", "10")
    assert anna["Last modified (grade)"] == "-"
    assert anna["Feedback comments"] == "1.1: 3 of 4, 1.2: 3 of 3, 1.3: 0 of 3"


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_name_or_message_is_a_formula(module: Module, formula: str) -> None:
    grades = [graded(formula, name=formula), refused(formula, formula)]
    for text in (gradebook_csv(grades, module), canvas_csv(grades, module, "x"), moodle_csv(grades)):
        for line in csv.reader(io.StringIO(text)):
            assert [cell for cell in line if cell.strip()[:1] in tuple("=+-@＝") and cell != "-"] == []  # noqa: RUF001


@given(st.text())
def test_a_cell_is_one_line_and_no_formula(text: str) -> None:
    shown = harmless(text)
    assert not shown.lstrip().startswith(tuple("=+@")) and "\n" not in shown and "\r" not in shown


def test_names_of_all_the_world_come_through(module: Module) -> None:
    (row,) = rows(gradebook_csv([graded(name="Zoë Łukasiewicz 李 “quoted, with comma”")], module))
    assert row["name"] == "Zoë Łukasiewicz 李 “quoted, with comma”"
