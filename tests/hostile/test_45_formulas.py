"""45 Names and messages that a spreadsheet would take for formulas."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from course_runtime.classroom import Batch, Book, Exporter, LatePolicy, Roster, collect, scratch_folder
from course_runtime.course import load_catalogue

from .attack import honest
from .kit import COURSE, Kit

FORMULAS = (
    "=cmd|' C calc'!A0",
    "+1+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1",
    '=HYPERLINK("http:evil")',
    "＝1",
    "a\n=1",
    '","=1',
)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_any_table_is_one(kit: Kit, tmp_path: Path, formula: str) -> None:
    folder, out = tmp_path / "class", tmp_path / "out"
    (folder / formula).mkdir(parents=True)
    (folder / formula / "exercise.py").write_text(honest())
    (folder / f"{formula}2").mkdir()
    (folder / f"{formula}2" / formula).write_text("no code, and named in the message")
    out.mkdir()
    module, book = load_catalogue(COURSE).module("1"), Book(out / "grades.db")
    with scratch_folder(out) as scratch:
        batch = Batch(module, COURSE, kit.places, book, scratch, jobs=1)
        batch.register(collect(folder, scratch).submissions)
        batch.run()
    Exporter(out, module, Roster(), LatePolicy()).write_all(book)
    tables = sorted((out / "module1").glob("*.csv"))
    assert [table.name for table in tables] == ["canvas.csv", "gradebook.csv", "moodle.csv"]
    for table in tables:
        lines = list(csv.reader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
        assert len({len(line) for line in lines}) == 1, "no cell breaks out of its column"
        cells = [cell for line in lines for cell in line]
        assert [cell for cell in cells if cell != "-" and cell.strip()[:1] in tuple("=+-@＝")] == []
        assert [cell for cell in cells if set(cell) & set("\r\n\t")] == []
