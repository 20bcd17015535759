"""Finds each student's submission in what an instructor has downloaded: folders, files, zips, or one zip of all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.classroom.archives import JUNK, WHOLE_CLASS, members
from course_runtime.classroom.handed_in import HandedIn, Piece
from course_runtime.classroom.labels import Label, label_of_file, label_of_folder
from course_runtime.classroom.refusal import Refused
from course_runtime.grading import KitError

CODE = (".py", ".ipynb")
TAKEN = (*CODE, ".zip")


@dataclass
class Collected:
    submissions: list[HandedIn] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    """Files that belong to nobody: a list of the class, a document of the instructor's."""


def collect(where: Path, scratch: Path) -> Collected:
    """`scratch` is an empty folder of ours, for an archive that holds the whole class."""
    if not where.exists():
        raise KitError(f"{where} does not exist.", "Name the folder or the zip that holds the submissions.")
    if where.is_dir():
        return _grouped(_listed(where))
    if where.suffix.lower() == ".zip":
        return _grouped(_listed(_without_wrapper(unpack_class(where, scratch))))
    if where.suffix.lower() in CODE:
        return _grouped([where])
    raise KitError(
        f"{where} is neither a folder, nor a zip, nor a .py or .ipynb file.",
        "Name the folder or the zip that holds the submissions.",
    )


def unpack_class(archive: Path, scratch: Path) -> Path:
    """Written by names that were looked at, into a folder of ours; not more than the bounds allow."""
    try:
        for member in members(archive, WHOLE_CLASS):
            target = scratch / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(member.content)
            os.utime(target, (member.modified, member.modified))
    except Refused as error:
        raise KitError(
            str(error), "Pack the submissions again, or unpack them yourself and name the folder."
        ) from None
    except OSError as error:
        raise KitError(
            f"{archive.name} cannot be unpacked: {error.strerror or error}.",
            "Unpack it yourself and name the folder.",
        ) from None
    return scratch


def _without_wrapper(folder: Path) -> Path:
    """An archive of all often holds one folder, and that one holds the class."""
    inside = _listed(folder)
    if len(inside) == 1 and inside[0].is_dir():
        below = _listed(inside[0])
        if len(below) > 1 and not any(_is_lone_file(path) for path in below):
            return inside[0]
        if len(below) > 1 and all(label_of_file(path.name).lms_id for path in below if path.is_file()):
            return inside[0]
    return folder


def _is_lone_file(path: Path) -> bool:
    return path.suffix.lower() in CODE and path.is_file()


def _listed(folder: Path) -> list[Path]:
    try:
        found = sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name))
    except OSError as error:
        raise KitError(f"{folder} cannot be read: {error.strerror}.", "Mend its permissions.") from None
    return [path for path in found if path.name not in JUNK and not path.name.startswith(".")]


def _grouped(paths: Iterable[Path]) -> Collected:
    collected = Collected()
    by_student: dict[str, list[tuple[Label, Path]]] = {}
    for path in paths:
        label = (
            label_of_folder(path.name)
            if path.is_dir() and not path.is_symlink()
            else label_of_file(path.name)
        )
        if path.is_file() and path.suffix.lower() not in TAKEN and not label.lms_id:
            collected.passed_over.append(path.name)
            continue
        by_student.setdefault(label.student, []).append((label, path))
    collected.submissions = [_handed_in(student, found) for student, found in by_student.items()]
    return collected


def _handed_in(student: str, found: list[tuple[Label, Path]]) -> HandedIn:
    label = found[0][0]
    pieces = tuple(Piece(path, label.file) for label, path in found)
    return HandedIn(
        student,
        pieces,
        label.name,
        label.lms_id,
        submitted=max((time for _, path in found for time in _times(path)), default=None),
        problem=_problem(student, pieces),
    )


def _problem(student: str, pieces: tuple[Piece, ...]) -> str:
    for piece in pieces:
        if piece.path.is_symlink():
            return f"{piece.path.name} is a link, not a submission."
    folders = [piece.path for piece in pieces if piece.path.is_dir()]
    if folders and len(pieces) > 1:
        names = ", ".join(piece.path.name for piece in pieces)
        return f"There are several submissions of {student}: {names}. Leave one there."
    return ""


def _times(path: Path) -> Iterator[float]:
    """When a file was last changed; of a folder, its files: copying may have changed the folder's own time."""
    try:
        if path.is_symlink():
            return
        if path.is_file():
            yield path.stat().st_mtime
        else:
            yield from (file.lstat().st_mtime for file in path.rglob("*") if file.suffix.lower() in TAKEN)
    except OSError:
        return
