"""`workshop docs`: what to read for a TODO."""

from __future__ import annotations

from typing import Annotated

import typer

from course_runtime.cli.completion import todo_ids
from course_runtime.cli.screen import console, say, warn


def docs(
    todo: Annotated[
        str, typer.Argument(help="Which TODO, like 4.2.", autocompletion=todo_ids, show_default=False)
    ],
    open_: Annotated[bool, typer.Option("--open", help="Open the first page in the browser.")] = False,
) -> None:
    """Show what to read for a TODO, or open it."""
    from course_runtime.course import load_catalogue

    _, asked = load_catalogue().todo(todo)
    screen = console()
    screen.print(f"To read for TODO {asked.id}, {asked.title}", style="bold")
    if not asked.docs:
        say("Nothing in particular; the module's README.md has what is needed.")
    for link in asked.docs:
        screen.print(f"  {link.title}")
        screen.print(f"    {link.url}", style="cyan", soft_wrap=True)
    if open_ and asked.docs and not opened(asked.docs[0].url):
        warn("No browser could be opened here: copy the address instead.")
        raise typer.Exit(1)


def opened(url: str) -> bool:
    import webbrowser

    return webbrowser.open(url)
