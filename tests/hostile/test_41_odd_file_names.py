"""41 File names that lead elsewhere or mean something to others, in folders and in archives."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from course_runtime.classroom import Batch, Book, collect, scratch_folder
from course_runtime.course import load_catalogue

from .attack import RIGHT, Attack, honest
from .kit import COURSE, Kit

NAMES = (
    "..\\..\\up.txt",
    "-rf",
    "$(touch marker)",
    "a\nb.txt",
    "\x1b[31mred.txt",
    "EXERCISE.PY",
    "CON",
    "\udce4.txt",
    "é" * 100 + ".txt",
    "exercise.py.",
    ".hidden",
    "~",
    "%2e%2e",
)


def test_they_are_names_and_nothing_else(attack: Attack, kit: Kit) -> None:
    folder = kit.folder / "attack"
    folder.mkdir(exist_ok=True)
    for name in NAMES:
        (folder / name).write_text("")
    attack("", RIGHT, points=3)
    for name in NAMES:
        (folder / name).unlink()
    assert not (kit.folder / "marker").exists()


def test_a_folder_named_by_a_student(kit: Kit) -> None:
    folder = "x;touch marker/\x1b]0;title\x07/`id`"
    result = kit.check(kit.write(f"{folder}/exercise.py", honest()))
    assert result.score == 5


SLIPS = (
    "../marker",
    "../../others/exercise.py",
    "/tmp/marker",
    "..\\..\\marker",
    "C:\\marker",
    "x/../../marker",
)


@pytest.mark.parametrize("name", SLIPS)
def test_an_archive_writes_nowhere_else_and_the_class_goes_on(kit: Kit, tmp_path: Path, name: str) -> None:
    for where in ("class", "out"):
        (tmp_path / where).mkdir()
    for student, inside in (("attacker", name), ("honest", "exercise.py")):
        with zipfile.ZipFile(tmp_path / "class" / f"{student}.zip", "w") as archive:
            archive.writestr(inside, honest())
    before = set(tmp_path.rglob("*")) | set(tmp_path.parent.glob("*"))
    module = load_catalogue(COURSE).module("1")
    book = Book(tmp_path / "out" / "grades.db")
    with scratch_folder(tmp_path / "out") as scratch:
        batch = Batch(module, COURSE, kit.places, book, scratch, jobs=1)
        batch.register(collect(tmp_path / "class", scratch).submissions)
        batch.run()
    assert book.entry("module1", "attacker").state == "refused"
    assert "attacker.zip holds" in book.entry("module1", "attacker").message
    result = book.entry("module1", "honest").result
    assert result is not None and result.score == 5
    left = {path for path in tmp_path.rglob("*") if path.name not in ("grades.db", ".lock")}
    assert left | set(tmp_path.parent.glob("*")) == before
