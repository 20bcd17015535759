"""Writes exercises/ from solutions/, or says where the two differ."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from course_runtime.course.atomic import read_if_there, write_atomic
from course_runtime.course.catalogue import Catalogue
from course_runtime.course.errors import CourseError
from course_runtime.course.model import MAIN_NOTEBOOK, MAIN_SOURCE, Module
from course_runtime.course.notebook import notebook_bytes
from course_runtime.course.render import exercise_text
from course_runtime.course.variants import read_source

LESSON = "README.md"


@dataclass
class BuildReport:
    """In a check, `differing` and `missing` name what a build would write; `stray` is nobody's."""

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    differing: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    stray: list[Path] = field(default_factory=list)

    @property
    def up_to_date(self) -> bool:
        return not (self.differing or self.missing or self.stray)


def build(catalogue: Catalogue, check: bool = False) -> BuildReport:
    report = BuildReport()
    for module in catalogue.modules:
        build_module(module, check, report)
    return report


def build_module(module: Module, check: bool, report: BuildReport) -> None:
    """Never deletes: a stray file may be somebody's work."""
    files = generated_files(module)
    for name, content in files.items():
        _place(module.exercise_folder / name, content, check, report)
    report.stray += _stray_files(module.exercise_folder, set(files))


def generated_files(module: Module) -> dict[str, bytes]:
    """Everything a student is given for this module, by path inside its folder."""
    files: dict[str, bytes] = {}
    for name in module.files:
        text = exercise_text(read_source(module, name), f"{module.name}/{name}")
        files[name] = text.encode("utf-8")
        if name == MAIN_SOURCE:
            files[MAIN_NOTEBOOK] = notebook_bytes(text)
    for name in (LESSON, *module.extra):
        files[name] = _bytes_of(module.folder / name)
    return files


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.", "Write it.") from error


def _place(path: Path, content: bytes, check: bool, report: BuildReport) -> None:
    present = read_if_there(path)
    if present == content:
        report.unchanged.append(path)
    elif not check:
        write_atomic(path, content)
        report.written.append(path)
    elif present is None:
        report.missing.append(path)
    else:
        report.differing.append(path)


def _stray_files(folder: Path, expected: set[str]) -> list[Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if not _is_by_product(path) and _name(folder, path) not in expected]


def _name(folder: Path, path: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_by_product(path: Path) -> bool:
    return bool({"__pycache__", ".ipynb_checkpoints"} & set(path.parts))
