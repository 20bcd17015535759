"""`workshop watch`: checks whenever you save."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import module_names
from course_runtime.cli.screen import console, is_terminal

if TYPE_CHECKING:
    from course_runtime.cli.watching.showing import Paper
    from course_runtime.course import Catalogue, Module


def watch(
    module: Annotated[
        str | None,
        typer.Argument(
            help="Which module: module4, or 4; left away, wherever you work.", autocompletion=module_names
        ),
    ] = None,
    poll: Annotated[
        bool, typer.Option("--poll", help="Look for saves again and again, for folders that send no events.")
    ] = False,
) -> None:
    """Check whenever you save, scripts and notebooks.

    The first TODO that is open is shown; keys bring the next one, a hint, or what to read.
    """
    from course_runtime.cli.places import places_for
    from course_runtime.cli.watching.board import Board
    from course_runtime.cli.watching.session import Session, Watched
    from course_runtime.course import load_catalogue

    catalogue, cwd = load_catalogue(), Path.cwd()
    present = folders(catalogue, cwd)
    wanted = catalogue.module(module) if module else where_the_student_is(catalogue, cwd, present)
    watched = {folder: one for folder, one in present.items() if not module or one.short == wanted.short}
    _require_present(wanted, watched, cwd)
    session = Session(
        catalogue,
        cwd,
        places_for(cwd),
        Watched(watched),
        Board(wanted),
        _paper(),
        following=module is None,
        poll=poll,
    )
    session.run()


def folders(catalogue: Catalogue, cwd: Path) -> dict[Path, Module]:
    """The modules of the course folder that one is in."""
    from course_runtime.course import CourseError, find_course_folder, module_folder

    course = find_course_folder(cwd)
    if course is None:
        raise CourseError(
            f"{cwd} is not in a course folder.",
            "Go to your course folder, or make one with `workshop start`.",
        )
    found = {module_folder(course, module): module for module in catalogue.modules}
    return {folder: module for folder, module in found.items() if folder.is_dir()}


def where_the_student_is(catalogue: Catalogue, cwd: Path, present: dict[Path, Module]) -> Module:
    """The module whose folder one stands in, else the next step of the track, else the first that is there."""
    from course_runtime.course import find_course_folder, status

    here = cwd.resolve()
    inside = [module for folder, module in present.items() if here.is_relative_to(folder.resolve())]
    course = find_course_folder(cwd)
    step = status(course, catalogue).next if course and not inside else None
    known = [module for module in present.values() if step and module.short == step.module.short]
    return next(iter([*inside, *known, *present.values(), *catalogue.modules]))


def _require_present(module: Module, watched: dict[Path, Module], cwd: Path) -> None:
    from course_runtime.course import find_submission

    if module.short not in {one.short for one in watched.values()}:
        find_submission(module, None, cwd)  # says what is missing, and which command brings it


def _paper() -> Paper:
    from course_runtime.cli.watching.showing import Lines, Screen

    screen = console()
    whole = is_terminal() and os.environ.get("TERM") != "dumb" and not screen.legacy_windows
    return Screen(screen) if whole else Lines(screen)
