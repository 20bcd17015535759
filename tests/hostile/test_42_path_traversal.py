"""42 Names of modules, TODOs and students that lead elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.classroom import Book, Exporter, HandedIn, LatePolicy, Roster
from course_runtime.course import load_catalogue
from course_runtime.grading import KitError

from .attack import honest
from .kit import COURSE, Kit

NAMES = (
    "../../etc",
    "module1/../module2",
    "/etc/passwd",
    "module1\0",
    "",
    ".",
    "module1;ls",
    "module999",
    "мodule1",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_module_is_known_or_refused(kit: Kit, name: str) -> None:
    with pytest.raises(KitError):
        kit.check(kit.write("honest/exercise.py", honest()), name)


@pytest.mark.parametrize("variant", ["../../../../etc/passwd", "/etc/passwd", "../exercise"])
def test_a_variant_too(kit: Kit, variant: str) -> None:
    with pytest.raises(KitError):
        kit.check(kit.folder, whose="chaff", variant=variant)


STUDENTS = (
    "../../up",
    "/etc/passwd",
    "..",
    ".",
    "a/b",
    "a\\b",
    "con",
    "x" * 300,
    "a\n.html",
    "\udce4",
    "~root",
    "-rf",
)


@pytest.mark.parametrize("student", STUDENTS)
def test_a_students_page_lies_among_the_others(tmp_path: Path, student: str) -> None:
    out = tmp_path / "out"
    out.mkdir()
    book = Book(out / "grades.db")
    name = student.encode("utf-8", "backslashreplace").decode()
    book.register("module1", {"key": HandedIn(name, ())})
    Exporter(out, load_catalogue(COURSE).module("1"), Roster(), LatePolicy()).write_all(book)
    pages = [path for path in tmp_path.rglob("*.html") if path.name != "summary.html"]
    assert [page.parent for page in pages] == [out / "module1" / "feedback"]
