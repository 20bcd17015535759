"""`workshop hint`: one step further, without the whole answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import todo_ids
from course_runtime.cli.keeping import store_of
from course_runtime.cli.screen import console, warn

if TYPE_CHECKING:
    from course_runtime.course import Hint, Module, ProgressStore


def hint(
    todo: Annotated[
        str, typer.Argument(help="Which TODO, like 4.2.", autocompletion=todo_ids, show_default=False)
    ],
    level: Annotated[int | None, typer.Option(help="This hint instead of the next one.")] = None,
) -> None:
    """Show the next hint: each says more than the one before."""
    from course_runtime.course import load_catalogue

    module, asked = load_catalogue().todo(todo)
    given = hint_for(module, asked.id, store_of(Path.cwd()), level)
    screen = console()
    screen.print(
        f"Hint {given.level} of {given.last_level} for TODO {given.todo}, {asked.title}", style="bold"
    )
    screen.print(given.text)
    screen.print(what_next(given), style="dim")


def hint_for(module: Module, todo_id: str, store: ProgressStore | None, level: int | None) -> Hint:
    """A hint is shown even where it cannot be remembered that it was."""
    from course_runtime.course import CourseError, next_hint

    try:
        return next_hint(module, todo_id, store, level)
    except CourseError as error:
        if store is None:
            raise
        given = next_hint(module, todo_id, None, level)
        warn(f"That you saw this hint was not kept. {error}")
        return given


def what_next(given: Hint) -> str:
    if given.level < given.last_level:
        return f"More: workshop hint {given.todo} --level {given.level + 1}"
    return f"That was the last one. What to read: workshop docs {given.todo}"
