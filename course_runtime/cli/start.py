"""`workshop start`: a working copy of the exercises."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import track_names
from course_runtime.cli.screen import console

if TYPE_CHECKING:
    from rich.console import Console

    from course_runtime.course import Catalogue, StartReport


def start(
    directory: Annotated[
        Path | None,
        typer.Argument(
            metavar="[DIR]",
            help="The folder to make or update; left away, the one you are in, or else azureml-workshop.",
        ),
    ] = None,
    track: Annotated[
        str | None, typer.Option(help="Which track to follow.", autocompletion=track_names)
    ] = None,
    list_tracks: Annotated[
        bool, typer.Option("--list-tracks", help="Show the tracks, and do no more.")
    ] = False,
) -> None:
    """Make a working copy of the exercises, or update one.

    What you wrote is never overwritten.
    """
    from course_runtime.course import load_catalogue
    from course_runtime.course import start as give

    catalogue = load_catalogue()
    if list_tracks:
        print_tracks(console(), catalogue)
        return
    print_report(console(), give(directory or folder_meant(Path.cwd()), track, catalogue))


def folder_meant(cwd: Path) -> Path:
    """The course folder that one stands in is updated, and none is made inside it."""
    around = (folder for folder in (cwd, *cwd.parents) if (folder / ".workshop" / "course.toml").is_file())
    return next(around, Path("azureml-workshop"))


def print_tracks(screen: Console, catalogue: Catalogue) -> None:
    for track in catalogue.tracks.tracks:
        screen.print(f"{track.name}  ({duration(track.minutes)})", style="bold")
        screen.print(f"    {track.title}")
    screen.print("Choose one: workshop start --track NAME", style="dim")


def print_report(screen: Console, report: StartReport) -> None:
    screen.print(f"{report.folder}, track {report.track}", style="bold")
    for module, files in modules_of(report.created).items():
        screen.print(f"  new      {module} ({files} file{'s' if files > 1 else ''})", style="green")
    for name in report.updated:
        screen.print(f"  updated  {name}", style="green")
    for name in report.kept:
        screen.print(
            f"  kept     {name}: you changed it; `workshop reset` gives the new edition", style="yellow"
        )
    for title in report.not_yet:
        screen.print(f"  later    {title}: not in the kit yet", style="dim")
    if not (report.created or report.updated or report.kept):
        screen.print("  Everything is there already, and up to date.")
    screen.print(next_step(report.folder, Path.cwd()), style="bold")


def modules_of(names: list[str]) -> Counter[str]:
    return Counter(name.split("/")[0] for name in names)


def next_step(folder: Path, cwd: Path) -> str:
    if folder == cwd:
        return "Next: workshop"
    shown = os.path.relpath(folder, cwd) if folder.is_relative_to(cwd) else str(folder)
    quoted = f"'{shown}'" if " " in shown else shown
    return f"Next: cd {quoted} && workshop"


def duration(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
