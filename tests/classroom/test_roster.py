from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.classroom import Roster, load_roster
from course_runtime.grading import KitError

CANVAS = """Student,ID,SIS User ID,SIS Login ID,Section,Features (12)
    Points Possible,,,,,10
"Meier, Andrea",1234,S-1,ameier,A,
"""
MOODLE = """\ufeffIdentifier,Full name,Email address,Status,Grade
Participant 4711,Andrea Meier,am@example.org,Submitted,
"""


def roster(folder: Path, text: str) -> Roster:
    (folder / "class.csv").write_text(text, encoding="utf-8")
    return load_roster(folder / "class.csv")


def test_canvas_gradebook(tmp_path: Path) -> None:
    (person,) = roster(tmp_path, CANVAS).people
    assert (person.name, person.lms_id, person.sis_id, person.login) == (
        "Meier, Andrea",
        "1234",
        "S-1",
        "ameier",
    )


def test_moodles_worksheet(tmp_path: Path) -> None:
    (person,) = roster(tmp_path, MOODLE).people
    assert (person.name, person.lms_id, person.email) == ("Andrea Meier", "4711", "am@example.org")


def test_ones_own_with_dates(tmp_path: Path) -> None:
    (person,) = roster(tmp_path, "student,due,extension\nanna,2026-11-21 18:00Z,2\n").people
    assert person.extension == 2 and person.due is not None


def test_a_number_is_surer_than_a_name_and_a_name_of_two_is_nobodys(tmp_path: Path) -> None:
    found = roster(tmp_path, "student,id,name\na,1,Kim\nb,2,Kim\nc,3,Lee\n")
    assert found.find("x", "2", "Lee").student == "b"  # type: ignore[union-attr]
    assert found.find("x", "", "Lee").student == "c"  # type: ignore[union-attr]
    assert found.find("x", "", "Kim") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("color\nred\n", "no column that says who"),
        ("student,extension\na,two\n", "'two'"),
        ("student,due\na,soon\n", "'soon'"),
    ],
)
def test_what_cannot_be_used_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(KitError, match=said):
        roster(tmp_path, text)
