"""`workshop grade`: a class of submissions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import module_names
from course_runtime.cli.screen import console, warn

if TYPE_CHECKING:
    from course_runtime.classroom import Batch, Book, Counts, Exporter, LatePolicy, Roster
    from course_runtime.course import Catalogue, Module

BOOK = "grades.db"
INTERRUPTED = 130


def grade(
    submissions: Annotated[
        Path,
        typer.Argument(
            help="A folder with a folder, a file or a zip for each student, or one zip of all.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option(help="Where the gradebook and the feedback go.", show_default=False)],
    module: Annotated[
        str | None, typer.Option(help="Which module: module4, or 4.", autocompletion=module_names)
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="How many at a time; left away, one a processor.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Refuse to begin anew: --out must hold grades already.")
    ] = False,
    regrade: Annotated[
        bool, typer.Option("--regrade", help="Grade everything again, also what has not changed.")
    ] = False,
    roster: Annotated[
        Path | None, typer.Option(help="A CSV of the class; Canvas's and Moodle's exports will do.")
    ] = None,
    due: Annotated[
        str | None, typer.Option(help="When it was due: 2026-11-21 18:00. The roster may have other dates.")
    ] = None,
    late_per_day: Annotated[
        float, typer.Option(min=0, max=100, help="Percent of the points taken off for each day begun.")
    ] = 0.0,
    late_cap: Annotated[
        float, typer.Option(min=0, max=100, help="Never more than this, in percent.")
    ] = 100.0,
    late_zero: Annotated[
        float | None, typer.Option(min=0, help="No points at all after so many days.")
    ] = None,
    canvas_assignment: Annotated[
        str, typer.Option(help='The column of Canvas\'s gradebook: "Features (12345)".')
    ] = "",
    unsandboxed: Annotated[
        bool,
        typer.Option("--unsandboxed", help="Grade where the sandbox does not hold: you trust everybody."),
    ] = False,
) -> None:
    """Grade a class.

    Each submission gets the check that a student runs, with a cloud, names and a sandbox of its own. Folders named
    by students, Canvas's and Moodle's downloads and zips are understood; scripts and notebooks count alike.

    The same command again goes on where it stopped, and grades only what has changed since: a submission, the module
    or its tests. In the folder of --out: grades.db, and for each module summary.html, gradebook.csv, canvas.csv,
    moodle.csv, and a page of feedback for each student.

    Exit code 0: everybody has a grade; 1: some could not be graded; 2: the kit could not run.
    """
    from course_runtime.classroom import Book, Exporter, scratch_folder
    from course_runtime.course import load_catalogue

    catalogue = load_catalogue()
    wanted = _module(catalogue, module, submissions)
    policy, people = _policy(due, late_per_day, late_cap, late_zero), _roster(roster)
    _prepare(out, resume)
    book = Book(out / BOOK)
    exporter = Exporter(out, wanted, people, policy, canvas_assignment)
    with scratch_folder(out) as scratch:
        asked = Asked(submissions, jobs or processors(), regrade, unsandboxed)
        batch = _batch(asked, catalogue, wanted, book, scratch, exporter)
        _run(batch, exporter, book)
    book.close()
    raise typer.Exit(1 if batch.counts.by_state["failed"] else 0)


@dataclass(frozen=True)
class Asked:
    submissions: Path
    jobs: int
    regrade: bool
    unsandboxed: bool


def _batch(
    asked: Asked, catalogue: Catalogue, module: Module, book: Book, scratch: Path, exporter: Exporter
) -> Batch:
    from course_runtime.classroom import Batch, collect
    from course_runtime.cli.places import places_for
    from course_runtime.grading import KitError

    collected = collect(asked.submissions, scratch)
    if collected.passed_over:
        warn(f"Passed over, for they belong to no student: {', '.join(collected.passed_over)}")
    if not collected.submissions:
        raise KitError(
            f"There is no submission in {asked.submissions}.",
            "It should hold a folder, a .py or .ipynb file or a zip for each student.",
        )
    places = places_for(Path.cwd())
    batch = Batch(module, catalogue.root, places, book, scratch, asked.jobs, asked.unsandboxed)
    batch.register(collected.submissions, again=asked.regrade)
    return batch


def _run(batch: Batch, exporter: Exporter, book: Book) -> None:
    from course_runtime.classroom import print_overview, rehearse
    from course_runtime.cli.grading_progress import progress
    from course_runtime.cli.waiting import waiting

    counts = batch.counts
    try:
        if counts.done < counts.total:
            with waiting(f"Trying the solution of {batch.module.short}", batch.places):
                rehearse(batch.module, batch.content, batch.places, batch.unsandboxed)
        with progress(counts) as shown:
            batch.on_done = [lambda entry, _: exporter.write_one(entry), shown]
            batch.run()
    except KeyboardInterrupt:
        warn(stopped(counts))
        raise typer.Exit(INTERRUPTED) from None
    grades = exporter.write_all(book)
    print_overview(console(), grades, batch.module)
    console().print(f"\nThe class on one page: {exporter.folder / 'summary.html'}", soft_wrap=True)


def stopped(counts: Counts) -> str:
    return f"\nStopped. {counts.done} of {counts.total} have their grade; the same command again goes on from there."


def _module(catalogue: Catalogue, name: str | None, submissions: Path) -> Module:
    """Named, or the only one that there is, or the one that the folder is called by."""
    from course_runtime.course import CourseError
    from course_runtime.grading import KitError

    if name is not None:
        return catalogue.module(name)
    if len(catalogue.modules) == 1:
        return catalogue.modules[0]
    try:
        return catalogue.module(submissions.resolve().stem)
    except CourseError:
        known = ", ".join(module.short for module in catalogue.modules)
        raise KitError(f"Which module is in {submissions}?", f"Say so with --module: {known}.") from None


def _prepare(out: Path, resume: bool) -> None:
    from course_runtime.grading import KitError

    if resume and not (out / BOOK).is_file():
        raise KitError(
            f"There is nothing to go on with: {out} holds no {BOOK}.", "Leave --resume away to begin."
        )
    if out.exists() and not out.is_dir():
        raise KitError(f"{out} is not a folder.", "Name a folder with --out.")
    out.mkdir(parents=True, exist_ok=True)


def _policy(due: str | None, per_day: float, cap: float, zero: float | None) -> LatePolicy:
    from course_runtime.classroom import LatePolicy, moment

    return LatePolicy(moment(due, "--due") if due else None, per_day, cap, zero)


def _roster(path: Path | None) -> Roster:
    from course_runtime.classroom import Roster, load_roster

    return load_roster(path) if path else Roster()


def processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
