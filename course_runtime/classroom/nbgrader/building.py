"""An nbgrader course of the kit's modules: source notebooks, configuration, and the class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.classroom.nbgrader.configuring import COURSE_ID, configuration_text
from course_runtime.classroom.nbgrader.needed import require_nbgrader
from course_runtime.classroom.nbgrader.source_cells import source_notebook
from course_runtime.classroom.roster import Person, Roster
from course_runtime.course import Module, Todo, generated_files
from course_runtime.grading import KitError

NOTEBOOK = "exercise.ipynb"
CONFIGURATION = "nbgrader_config.py"


@dataclass
class Built:
    """`kept` differs from what a build would write: somebody changed it."""

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)


def build_course(
    chosen: Mapping[str, Sequence[Todo]],
    modules: Sequence[Module],
    folder: Path,
    *,
    reflection_points: float = 2.0,
    kernel: bool = False,
    force: bool = False,
) -> Built:
    """An assignment a module, called like it; `chosen` says for each which TODOs give points."""
    require_nbgrader()
    built = Built()
    for module in modules:
        files = generated_files(module)
        files.pop(module.main_file)
        files[NOTEBOOK] = source_notebook(module, chosen[module.short], reflection_points)
        for name, content in files.items():
            _place(folder / "source" / module.short / name, content, force, built)
    _place(folder / CONFIGURATION, configuration_text(modules, kernel).encode("utf-8"), force, built)
    return built


def import_roster(roster: Roster, folder: Path) -> int:
    """Into gradebook.db; how many students."""
    require_nbgrader()
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{folder.absolute() / 'gradebook.db'}", COURSE_ID) as gradebook:
        for person in roster.people:
            first, last = _names(person.name)
            gradebook.update_or_create_student(
                _student_id(person), first_name=first, last_name=last, email=person.email or None
            )
    return len(roster.people)


def _student_id(person: Person) -> str:
    known = person.student or person.login or person.lms_id or person.email
    if not known or "/" in known:
        raise KitError(
            f"{known or person.name or 'A line of the roster'} cannot name a student's folder.",
            "Give the roster a column `student` with the names that the submissions' folders have.",
        )
    return known


def _names(name: str) -> tuple[str | None, str | None]:
    if ", " in name:
        last, first = name.split(", ", 1)
        return first, last
    first, _, last = name.rpartition(" ")
    return first or None, last or None


def _place(path: Path, content: bytes, force: bool, built: Built) -> None:
    present = path.read_bytes() if path.is_file() else None
    if present == content:
        built.unchanged.append(path)
    elif present is not None and not force:
        built.kept.append(path)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        built.written.append(path)
