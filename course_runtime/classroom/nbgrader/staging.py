"""Copies of what was submitted to nbgrader, whole again where they were damaged; the originals stay untouched."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course_runtime.classroom.handed_in import HandedIn, Piece
from course_runtime.classroom.nbgrader.building import NOTEBOOK
from course_runtime.classroom.nbgrader.mending import Mended, mend
from course_runtime.course import CourseError, read_file, read_folder, read_notebook
from course_runtime.grading import KitError

TIMESTAMP = "timestamp.txt"
LARGEST_NOTEBOOK = 50_000_000


@dataclass(frozen=True)
class Staged:
    student: str
    folder: Path
    """What nbgrader reads."""
    handed_in: HandedIn
    """What the kit grades."""
    notes: tuple[str, ...]


def released_notebook(course: Path, assignment: str) -> dict[str, Any]:
    path = course / "release" / assignment / NOTEBOOK
    try:
        return read_notebook(path.read_bytes(), path.name)
    except OSError:
        raise KitError(
            f"There is no {path}.", f"Run `nbgrader generate_assignment {assignment}` in {course} first."
        ) from None


def submitted_folders(course: Path, assignment: str) -> list[Path]:
    found = (course / "submitted").glob(f"*/{assignment}/")
    return sorted(folder for folder in found if not folder.is_symlink())


def stage(folder: Path, released: dict[str, Any], staging: Path) -> Staged:
    """`folder` is submitted/STUDENT/ASSIGNMENT. A notebook that cannot be read counts as the bare exercise."""
    student, target = folder.parent.name, staging / folder.parent.name / folder.name
    target.mkdir(parents=True)
    files = read_folder(folder)
    name, notes = _which(sorted(name for name in files.files if name.endswith(".ipynb") and "/" not in name))
    for other, content in files.files.items():
        if other != name:
            (target / other).parent.mkdir(parents=True, exist_ok=True)
            (target / other).write_bytes(content)
    graded = target
    try:
        # Read apart: outputs make notebooks larger than a folder's other files may be.
        document = read_notebook(read_file(folder / name, LARGEST_NOTEBOOK), name)
        mended = mend(released, document, name)
    except CourseError as error:
        mended, graded = Mended(released, [_why_not(folder / name, error)]), folder
    mended = Mended(mended.document, [*notes, *mended.notes])
    (target / NOTEBOOK).write_text(json.dumps(_with_notes(mended)), encoding="utf-8")
    return Staged(student, target, HandedIn(student, (Piece(graded),)), tuple(mended.notes))


def _why_not(path: Path, error: CourseError) -> str:
    if not path.exists():
        return f"There is no notebook called {path.name}, so nothing of one counts."
    return (
        f"The notebook cannot be read, so nothing of it counts: {error.message.replace(str(path), path.name)}"
    )


def _which(notebooks: list[str]) -> tuple[str, list[str]]:
    if NOTEBOOK in notebooks or len(notebooks) != 1:
        return NOTEBOOK, []
    return notebooks[0], [f"The notebook is called {notebooks[0]}, not {NOTEBOOK}."]


def _with_notes(mended: Mended) -> dict[str, Any]:
    """What was wrong is said at the top of the graded notebook, for feedback shows it."""
    if not mended.notes:
        return mended.document
    text = "**Mended before grading**\n\n" + "\n".join(f"- {_escaped(note)}" for note in mended.notes)
    cell = {"cell_type": "markdown", "id": "mended", "metadata": {}, "source": text}
    return {**mended.document, "cells": [cell, *mended.document["cells"]]}


def _escaped(note: str) -> str:
    return note.replace("&", "&amp;").replace("<", "&lt;").replace("[", "&#91;").replace("\n", " ")
