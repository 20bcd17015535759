"""Which of a student's exercise.py and exercise.ipynb counts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from course_runtime.course.code_tokens import code_tokens
from course_runtime.course.decoding import LARGEST_SOURCE, python_text
from course_runtime.course.errors import CourseError
from course_runtime.course.folder_files import read_file
from course_runtime.course.model import MAIN_NOTEBOOK, MAIN_SOURCE, Module
from course_runtime.course.notebook_source import LARGEST_NOTEBOOK, notebook_source

SUFFIXES = (".py", ".ipynb")


@dataclass(frozen=True)
class Picked:
    path: Path
    note: str = ""


def pick(module: Module, folder: Path, given: str) -> Picked:
    """The newer, except that a file as it was given never wins over one the student worked in."""
    candidates = [folder / name for name in _expected_names(module) if (folder / name).is_file()]
    if not candidates:
        return _only_one_of_its_kind(module, folder)
    if len(candidates) == 1:
        return Picked(candidates[0])
    source, notebook = candidates
    touched = [path for path in candidates if _touched(path, given)]
    if not touched:
        return Picked(
            source, f"{source.name} and {notebook.name} are both as they were given; {source.name} counts."
        )
    if len(touched) == 1:
        other = notebook if touched[0] == source else source
        return Picked(touched[0], f"{touched[0].name} counts; {other.name} is as it was given.")
    return _newer(source, notebook)


def _expected_names(module: Module) -> tuple[str, ...]:
    return (MAIN_SOURCE, MAIN_NOTEBOOK) if module.main_file == MAIN_SOURCE else (module.main_file,)


def _newer(source: Path, notebook: Path) -> Picked:
    newer, older = source, notebook
    if notebook.stat().st_mtime_ns > source.stat().st_mtime_ns:
        newer, older = notebook, source
    return Picked(
        newer,
        f"You worked in both {source.name} and {notebook.name}; {newer.name} is newer and counts,"
        f" {older.name} does not. To have {older.name} checked, save it again or name its path.",
    )


def _touched(path: Path, given: str) -> bool:
    try:
        if path.suffix == ".ipynb":
            text = notebook_source(read_file(path, LARGEST_NOTEBOOK), path.name).text
        else:
            text = python_text(read_file(path, LARGEST_SOURCE), path.name)
    except CourseError:
        return True
    return text != given and code_tokens(text) != code_tokens(given)


def _only_one_of_its_kind(module: Module, folder: Path) -> Picked:
    """A class hands in folders whose one file may have any name."""
    expected = " or ".join(_expected_names(module))
    present = [path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES and path.is_file()]
    own = [path for path in present if path.name not in (*module.files, *module.extra)]
    if len(own) == 1:
        return Picked(own[0], f"{own[0].name} counts as {module.main_file}: {folder} has no {expected}.")
    held = ", ".join(path.name for path in own) or "no .py or .ipynb file"
    raise CourseError(
        f"No {expected} in {folder}: it holds {held}.",
        f"Name the file to check, or get the exercise again with `workshop reset {module.short}`.",
    )
