"""`workshop reset`: a TODO or a module as it was given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import targets
from course_runtime.cli.screen import is_terminal, say

if TYPE_CHECKING:
    from course_runtime.course import Catalogue


def reset(
    target: Annotated[
        str, typer.Argument(help="A TODO, like 4.2, or a module.", autocompletion=targets, show_default=False)
    ],
    file: Annotated[
        Path | None, typer.Argument(help="Your file or folder; left away, your course folder.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
) -> None:
    """Put a TODO or a module back to how it was given.

    Yours is kept as a backup.
    """
    from course_runtime.course import load_catalogue
    from course_runtime.course import reset as put_back

    catalogue = load_catalogue()
    _require_known(target, catalogue)
    if not yes and not agreed(f"Put {target} back to how it was given? Yours is kept as a backup."):
        say("Nothing was changed.")
        raise typer.Exit(1)
    say(put_back(catalogue, target, Path.cwd(), file).message)


def agreed(question: str) -> bool:
    """Nobody to ask counts as no: then --yes must say it."""
    if not is_terminal():
        say("There is no terminal to ask on; say --yes to go on without being asked.")
        return False
    return typer.confirm(question)


def _require_known(target: str, catalogue: Catalogue) -> None:
    """Before anything is asked."""
    if re.match(r"(?i)(todo\s*)?\d+\.\d+$", target.strip()):
        catalogue.todo(target)
    else:
        catalogue.module(target)
