"""What can be proved of a module without running it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from course_runtime.course.catalogue import module_folders
from course_runtime.course.check_metadata import metadata_problems
from course_runtime.course.check_sources import file_problems, source_problems
from course_runtime.course.check_variants import variant_problems
from course_runtime.course.content import content_root
from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.module_file import load_module
from course_runtime.course.problems import Problem

CHECKS: tuple[Callable[[Module], Iterator[Problem]], ...] = (
    metadata_problems,
    source_problems,
    variant_problems,
    file_problems,
)


def check_course(root: Path | None = None) -> list[Problem]:
    """Every module of the content root: one that cannot be read does not hide the others."""
    problems: list[Problem] = []
    owners: dict[int, Path] = {}
    for folder in module_folders(root or content_root()):
        try:
            module = load_module(folder)
        except CourseError as error:
            problems.append(Problem(folder.name, folder / "module.toml", error.message, error.next_step))
            continue
        first = owners.setdefault(module.number, folder)
        if first != folder:
            what = f"It has the number of {first.name}."
            problems.append(Problem(module.short, folder, what, "Give one of them another number."))
        problems += check_module(module)
    return problems


def check_module(module: Module) -> list[Problem]:
    return [problem for check in CHECKS for problem in _run(check, module)]


def _run(check: Callable[[Module], Iterator[Problem]], module: Module) -> Iterator[Problem]:
    try:
        yield from check(module)
    except CourseError as error:
        yield Problem(module.short, module.folder, error.message, error.next_step)
