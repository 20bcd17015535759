"""`workshop diff`: what you wrote beside the solution, for what you have passed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import module_names
from course_runtime.cli.keeping import store_of
from course_runtime.cli.screen import console
from course_runtime.grading.render import safe

if TYPE_CHECKING:
    from rich.console import Console

    from course_runtime.course import Module

COLOURS = {"+": "green", "-": "red", "@": "cyan"}


def diff(
    module: Annotated[
        str,
        typer.Argument(help="Which module: module4, or 4.", autocompletion=module_names, show_default=False),
    ],
    file: Annotated[
        Path | None, typer.Argument(help="Your file or folder; left away, your course folder.")
    ] = None,
) -> None:
    """Compare with the solution, once you have passed."""
    from course_runtime.course import diff as differences
    from course_runtime.course import find_submission, load_catalogue

    wanted = load_catalogue().module(module)
    passed = passed_todos(wanted, Path.cwd())
    submission = find_submission(wanted, file, Path.cwd())
    screen = console()
    for todo_id, text in differences(wanted, submission).items():
        if todo_id in passed:
            print_difference(screen, todo_id, text)
    print_not_passed(screen, wanted, passed)
    raise typer.Exit(0 if passed else 1)


def passed_todos(module: Module, cwd: Path) -> set[str]:
    store = store_of(cwd)
    if store is None:
        return set()
    progress = store.load()
    return {todo.id for todo in module.todos if progress.of(todo.id).passed}


def print_difference(screen: Console, todo_id: str, text: str) -> None:
    """Lines stay whole, so that they can be copied."""
    if not text:
        screen.print(f"TODO {todo_id}: as in the solution.", style="green")
        return
    for line in text.splitlines():
        heading = line.startswith(("+++", "---"))
        style = "bold" if heading else COLOURS.get(line[:1], "")
        screen.print(safe(line), style=style, soft_wrap=True)


def print_not_passed(screen: Console, module: Module, passed: set[str]) -> None:
    rest = [todo.id for todo in module.todos if todo.id not in passed]
    if rest:
        them = ", ".join(rest)
        screen.print(
            f"Not shown, as not passed yet: {them}. Run `workshop check {module.short}` first, in your course folder."
        )
