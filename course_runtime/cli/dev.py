"""`workshop dev`: for those who write modules."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import module_names, track_names
from course_runtime.cli.screen import console, say
from course_runtime.grading.render import safe

if TYPE_CHECKING:
    from rich.console import Console

    from course_runtime.cli.proofs import Proof
    from course_runtime.course import BuildReport, Problem

INDENT = 16
WORDS = {True: "proved", False: "WRONG "}


def build_group() -> typer.Typer:
    group = typer.Typer(
        name="dev", help="For authors of modules.", no_args_is_help=True, rich_markup_mode=None
    )
    group.command("build")(build_exercises)
    group.command("check")(check)
    group.command("new")(new)
    group.command("guide")(guide)
    return group


def build_exercises(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 1 when something differs.")
    ] = False,
) -> None:
    """Write exercises/ and the notebooks from solutions/."""
    from course_runtime.course import build, load_catalogue

    report = build(load_catalogue(), check)
    say(*build_lines(report, check))
    raise typer.Exit(1 if check and not report.up_to_date else 0)


def build_lines(report: BuildReport, check: bool) -> list[str]:
    groups = {
        "written": report.written,
        "differs": report.differing,
        "missing": report.missing,
        "stray  ": report.stray,
    }
    lines = [f"{word}  {path}" for word, paths in groups.items() for path in paths]
    if report.differing or report.missing:
        lines.append("Run `workshop dev build`.")
    if report.stray:
        lines.append("Stray files belong to no module: move them into solutions/, or remove them.")
    return lines or [f"exercises/ is up to date ({len(report.unchanged)} files)."]


def check(
    module: Annotated[
        str | None, typer.Argument(help="Only this module.", autocompletion=module_names)
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, max=32, help="How many checks at once.")] = None,
    thorough: Annotated[
        bool,
        typer.Option(help="Hold slow modules' wheat and chaff too against all TODOs, not only their own."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Prove that the modules are right.

    Solutions and wheat pass, bare exercises fail and say what to do, each chaff is caught by the TODOs it names.
    """
    from course_runtime.cli.places import places_for
    from course_runtime.cli.proofs import prove
    from course_runtime.course import load_catalogue

    catalogue = load_catalogue()
    modules = [catalogue.module(module)] if module else list(catalogue.modules)
    problems = static_problems(catalogue.root, {one.short for one in modules} if module else None)
    proofs: list[Proof] = []
    screen = console()
    at_once = jobs or min(4, os.cpu_count() or 2)
    for proof in prove(modules, catalogue.root, places_for(Path.cwd()), at_once, thorough=thorough):
        proofs.append(proof)
        if not as_json:
            print_proof(screen, proof)
    fine = not problems and all(proof.held for proof in proofs)
    if as_json:
        say(json.dumps(as_document(problems, proofs, fine)))
    else:
        print_summary(screen, problems, proofs)
    raise typer.Exit(0 if fine else 1)


def static_problems(root: Path, only: set[str] | None) -> list[Problem]:
    from course_runtime.course import check_course

    return [problem for problem in check_course(root) if only is None or problem.module in only]


def print_proof(screen: Console, proof: Proof) -> None:
    from rich.padding import Padding
    from rich.text import Text

    style = "green" if proof.held else "bold red"
    screen.print(f"{WORDS[proof.held]} {proof.seconds:5.1f} s  {proof.module}  {proof.claim}", style=style)
    for line in proof.problems:
        screen.print(Padding(Text(safe(line), "red", overflow="fold"), (0, 0, 0, INDENT)))
    for line in proof.warnings:
        screen.print(Padding(Text(f"warning: {line}", "yellow"), (0, 0, 0, INDENT)))


def print_summary(screen: Console, problems: list[Problem], proofs: list[Proof]) -> None:
    for problem in problems:
        screen.print(f"{WORDS[False]} {problem}", style="bold red")
    wrong = sum(not proof.held for proof in proofs)
    if wrong or problems:
        screen.print(
            f"{len(proofs)} proofs: {wrong} do not hold; {len(problems)} problems in the files.",
            style="bold red",
        )
    else:
        screen.print(f"All {len(proofs)} proofs hold, and the files are in order.", style="bold green")


def as_document(problems: list[Problem], proofs: list[Proof], fine: bool) -> dict[str, object]:
    return {
        "schema": 1,
        "passed": fine,
        "problems": [{**vars(problem), "file": str(problem.file)} for problem in problems],
        "proofs": [vars(proof) | {"held": proof.held} for proof in proofs],
    }


def new(
    number: Annotated[int, typer.Argument(help="The module's number.", show_default=False)],
    name: Annotated[str, typer.Argument(help="Its short name, like feature_store.", show_default=False)],
    title: Annotated[str, typer.Option(help="Its title.")] = "",
) -> None:
    """Begin a module: small files that build and pass, to be written over."""
    from course_runtime.course import content_root, new_module

    for path in new_module(content_root(), number, name, title or name.replace("_", " ").capitalize()):
        say(f"written  {path}")
    say(f"Next: workshop dev build, then workshop dev check module{number}")


def guide(
    track: Annotated[str, typer.Option(help="For which track.", autocompletion=track_names)] = "half-day",
) -> None:
    """Print a track's facilitator's guide, as Markdown.

    Agenda, timing, talking points and common mistakes, from the modules themselves.
    """
    from course_runtime.course import load_catalogue, track_guide

    say(track_guide(track, load_catalogue()).rstrip())
