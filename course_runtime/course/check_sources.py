"""Static checks of a module's sources, its exercise, and the files around them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from course_runtime.course.builder import BuildReport, build_module
from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.place import Place
from course_runtime.course.problems import Problem
from course_runtime.course.regions import EXERCISE, body, by_todo, regions
from course_runtime.course.render import exercise_text, solution_text
from course_runtime.course.syntax import syntax_problem
from course_runtime.course.variants import read_source

LEAK_LINES = 3
LEAK_LENGTH = 20
BUILD = "Run `workshop dev build` and commit the result."


def source_problems(module: Module) -> Iterator[Problem]:
    yield from _lesson_problems(module)
    yield from _region_problems(module)
    for name in module.files:
        yield from list(_compile_problems(module, name)) or _leak_problems(module, name)


def file_problems(module: Module) -> Iterator[Problem]:
    yield from _exercise_problems(module)
    yield from _grader_problems(module)
    yield from _stray_problems(module)


def _lesson_problems(module: Module) -> Iterator[Problem]:
    path = module.folder / "README.md"
    lines = path.read_text(encoding="utf-8").split("\n") if path.is_file() else []
    said = [line for line in lines if line.strip()]
    if not any(line.startswith("#") for line in said) or len(said) < 2:
        yield Problem(module.short, path, "The lesson needs a heading and a text.", "Write it.")


def _region_problems(module: Module) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in module.files:
        for todo, found in by_todo(regions(read_source(module, name), name)).items():
            seen.add(todo)
            if all(todo != known.id for known in module.todos):
                what = f"line {found[0].start + 1}: TODO {todo} is not in module.toml."
                yield Problem(module.short, module.folder / name, what, "Add a [[todo]] for it.")
            if not found[0].title:
                what = f"line {found[0].start + 1}: TODO {todo} does not say its task."
                yield Problem(
                    module.short, module.folder / name, what, "Write it behind the number, in one line."
                )
    for known in module.todos:
        if known.id not in seen:
            what = f"TODO {known.id} has no region in {', '.join(module.files)}."
            yield Problem(
                module.short, module.folder / "module.toml", what, f"Mark it: # TODO {known.id} … # END TODO."
            )


def _compile_problems(module: Module, name: str) -> Iterator[Problem]:
    """An exercise can only be made from a solution that compiles."""
    source = read_source(module, name)
    for kind, render in (("solution", solution_text), ("exercise", exercise_text)):
        path = module.folder / name
        problem = syntax_problem(render(source, name), partial(Place, path))
        if problem:
            yield Problem(
                module.short, path, f"The {kind} does not compile. {problem.message}", "Mend the source."
            )
            return


def _leak_problems(module: Module, name: str) -> Iterator[Problem]:
    """The longest lines of each answer must not be found in what the student is given."""
    source = read_source(module, name)
    given = exercise_text(source, name) + _lesson(module)
    for region in regions(source, name):
        answer = [line.strip() for line in body(source, region) if not EXERCISE.match(line)]
        telling = [line for line in answer if len(line) >= LEAK_LENGTH and not line.startswith("#")]
        for line in sorted(telling, key=len, reverse=True)[:LEAK_LINES]:
            if line in given:
                what = f"The exercise or the lesson gives away TODO {region.todo}: {line}"
                yield Problem(
                    module.short, module.folder / name, what, "Take the line out, or write it otherwise."
                )


def _lesson(module: Module) -> str:
    path = module.folder / "README.md"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _exercise_problems(module: Module) -> Iterator[Problem]:
    report = BuildReport()
    try:
        build_module(module, True, report)
    except CourseError as error:
        yield Problem(module.short, module.folder, error.message, error.next_step)
        return
    for path in report.missing:
        yield Problem(module.short, path, "It has not been built.", BUILD)
    for path in report.differing:
        yield Problem(module.short, path, "It differs from what its solution builds.", BUILD)
    for path in report.stray:
        yield Problem(module.short, path, "No solution builds it.", "Delete it, or name it in extra.")


def _grader_problems(module: Module) -> Iterator[Problem]:
    if not any(module.grader_folder.glob("test_*.py")):
        yield Problem(
            module.short, module.grader_folder, "There is no grader.", "Write test_…py with a test a TODO."
        )


def _stray_problems(module: Module) -> Iterator[Problem]:
    expected = {"module.toml", "README.md", *module.files, *module.extra}
    for path in sorted(module.folder.rglob("*")):
        name = path.relative_to(module.folder).as_posix()
        if path.is_file() and name not in expected and not _belongs(module.folder, path):
            yield Problem(
                module.short, path, "No part of the module uses it.", "Delete it, or name it in extra."
            )


def _belongs(folder: Path, path: Path) -> bool:
    is_variant = path.parent in (folder / "wheat", folder / "chaff") and path.suffix == ".py"
    return is_variant or "__pycache__" in path.parts
