"""`workshop`, and nothing after it: where am I, and what comes next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.screen import console, say

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from course_runtime.course import ModuleStatus, PartStatus, Status

BAR_WIDTH = 12
HOW_TO_START = (
    "You are not in a course folder.",
    "  workshop start              makes one here, called azureml-workshop",
    "  workshop start --list-tracks   shows the tracks to choose from",
    "  workshop --help             shows all commands",
)


def where(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the kit's version.")] = False,
) -> None:
    if version:
        say_version()
    elif context.invoked_subcommand is None:
        show(Path.cwd())


def say_version() -> None:
    from course_runtime import __version__

    say(f"azureml-workshop {__version__}")


def show(cwd: Path) -> None:
    from course_runtime.course import find_course_folder, load_catalogue, status

    folder = find_course_folder(cwd)
    if folder is None:
        say(*HOW_TO_START)
        return
    print_status(console(), status(folder, load_catalogue()))


def print_status(screen: Console, status: Status) -> None:
    from course_runtime.cli.start import duration

    screen.print(
        f"{status.track.title}  ({status.track.name}, {duration(status.track.minutes)})", style="bold"
    )
    for part in status.parts:
        screen.print()
        print_part(screen, part)
    screen.print()
    screen.print(
        f"In all {status.done} of {status.total} TODOs, {status.points:g} of {status.max_points} points."
    )
    if status.note:
        screen.print(f"Note: {status.note}", style="yellow")
    for line in what_next(status):
        screen.print(line, style="bold")


def print_part(screen: Console, part: PartStatus) -> None:
    from rich.table import Table

    from course_runtime.cli.start import duration

    screen.print(f"{part.title}  ({duration(part.minutes)})", style="cyan")
    table = Table.grid(padding=(0, 1), expand=True)
    table.add_column(width=10, no_wrap=True)
    table.add_column(ratio=1)
    table.add_column(width=BAR_WIDTH + 6, no_wrap=True)
    table.add_column(width=9, no_wrap=True, justify="right")
    for module in part.modules:
        table.add_row(f"  module{module.number}", module.title, *progress_cells(screen, module))
    screen.print(table)


def progress_cells(screen: Console, module: ModuleStatus) -> tuple[Text, str]:
    from rich.text import Text

    from course_runtime.grading.render import marks_for

    if not module.present:
        return Text(module.state, style="dim"), ""
    full, empty = marks_for(screen.encoding).bar(module.done, module.total, BAR_WIDTH)
    bar = Text(full, style="green").append(empty, style="dim")
    return bar.append(
        f" {module.done}/{module.total}", style="default"
    ), f"{module.points:g}/{module.max_points} p"


def what_next(status: Status) -> list[str]:
    if status.next:
        todo = status.next.todo
        return [f"Next: {todo.id} {todo.title}", f"  {status.next.command}"]
    if any(not module.present for module in status.modules):
        return ["All that the kit has of this track is done. The rest comes with later versions."]
    return ["This track is complete. Other tracks: workshop start --list-tracks"]
