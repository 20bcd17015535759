"""`workshop nbgrader`: nbgrader courses of the kit's modules, and their grading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import module_names
from course_runtime.cli.grade import INTERRUPTED, processors, stopped
from course_runtime.cli.screen import say, warn

if TYPE_CHECKING:
    from course_runtime.classroom import Batch, Outcome
    from course_runtime.course import Catalogue, Module, Todo


OWN_DATES = (
    "The roster's due dates and extensions are left out: nbgrader keeps one due date for an assignment (formgrader,"
    " Edit) and an extension for a submission that is there (Gradebook.grant_extension)."
)


def build_group() -> typer.Typer:
    app = typer.Typer(name="nbgrader", help="nbgrader courses: make one, grade one.", no_args_is_help=True)
    app.command("build")(build)
    app.command("autograde")(autograde)
    return app


def build(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The course's folder.", show_default=False)],
    module: Annotated[
        list[str] | None,
        typer.Option(help="Only this module; may be given again.", autocompletion=module_names),
    ] = None,
    track: Annotated[str | None, typer.Option(help="The modules and TODOs of this track.")] = None,
    roster: Annotated[
        Path | None, typer.Option(help="A CSV of the class; its column `student` names the folders.")
    ] = None,
    reflection_points: Annotated[
        float, typer.Option(min=0, help="For the question that you grade by hand; 0: no such question.")
    ] = 2.0,
    kernel: Annotated[
        bool, typer.Option("--kernel", help="`nbgrader autograde` runs notebooks in a kernel, unsandboxed.")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="Write over what you changed in DIR.")] = False,
) -> None:
    """Make an nbgrader course: an assignment a module, called like it.

    nbgrader's own commands go on from there: generate_assignment, release, collect, formgrader, feedback, export.
    """
    from course_runtime.classroom import build_course, import_roster, load_roster
    from course_runtime.course import load_catalogue

    modules, chosen = _chosen(load_catalogue(), module or [], track)
    people = load_roster(roster) if roster else None
    built = build_course(
        chosen, modules, folder, reflection_points=reflection_points, kernel=kernel, force=force
    )
    say(f"{folder}: {', '.join(one.short for one in modules)}; {len(built.written)} files written.")
    for path in built.kept:
        warn(f"{path} is left as you changed it; --force writes over it.")
    if people is not None:
        say(f"{import_roster(people, folder)} students are in {folder / 'gradebook.db'}.")
        if any(person.due or person.extension for person in people.people):
            warn(OWN_DATES)
    others = ", and the others likewise" if len(modules) > 1 else ""
    say(f"Next: cd {folder} && nbgrader generate_assignment {modules[0].short}{others}")


def autograde(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The course's folder.", show_default=False)],
    module: Annotated[
        str | None,
        typer.Option(help="Which module; left away, all that were submitted.", autocompletion=module_names),
    ] = None,
    jobs: Annotated[
        int | None, typer.Option(min=1, help="How many at a time; left away, one a processor.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Grade also what has not changed.")] = False,
    unsandboxed: Annotated[
        bool,
        typer.Option("--unsandboxed", help="Grade where the sandbox does not hold: you trust everybody."),
    ] = False,
) -> None:
    """Grade what was submitted, many at a time, into nbgrader's gradebook.

    In the place of `nbgrader autograde`: the same rows in gradebook.db, the same notebooks in autograded/. Damaged
    notebooks are graded as far as they can be, and named. The same command again grades only what has changed.

    Exit code 0: everybody has a grade; 1: some could not be graded; 2: the kit could not run.
    """
    from course_runtime.classroom import Autograding
    from course_runtime.cli.places import places_for
    from course_runtime.course import load_catalogue

    catalogue = load_catalogue()
    places = places_for(Path.cwd())
    failed = False
    for one in [catalogue.module(module)] if module else _submitted(catalogue, folder):
        grading = Autograding(
            folder, one, catalogue.root, places, jobs or processors(), unsandboxed, again=force
        )
        outcome = grading.run(_shown)
        _tell(one, outcome)
        failed = failed or bool(outcome.failed)
    raise typer.Exit(1 if failed else 0)


def _chosen(
    catalogue: Catalogue, names: list[str], track: str | None
) -> tuple[list[Module], dict[str, list[Todo]]]:
    """The modules, and for each the TODOs that give points."""
    from course_runtime.course import track_todos
    from course_runtime.grading import KitError

    if track is None:
        modules = [catalogue.module(name) for name in names] or list(catalogue.modules)
        return modules, {module.short: list(module.todos) for module in modules}
    numbers = catalogue.tracks.track(track).module_numbers
    modules = [module for module in catalogue.modules if module.number in numbers]
    if names:
        wanted = {catalogue.module(name).number for name in names}
        modules = [module for module in modules if module.number in wanted]
    if not modules:
        raise KitError(f"No module of the track {track} is in this version of the kit yet.")
    return modules, {module.short: track_todos(module, catalogue.tracks.track(track)) for module in modules}


def _submitted(catalogue: Catalogue, folder: Path) -> list[Module]:
    from course_runtime.grading import KitError

    there = {path.name for path in (folder / "submitted").glob("*/*/")}
    modules = [module for module in catalogue.modules if module.short in there]
    if not modules:
        raise KitError(
            f"{folder}/submitted holds no assignment of the kit's.",
            "Bring submissions in with `nbgrader collect` or `nbgrader zip_collect`.",
        )
    return modules


def _shown(batch: Batch) -> None:
    from course_runtime.classroom import rehearse
    from course_runtime.cli.grading_progress import progress
    from course_runtime.cli.waiting import waiting

    counts = batch.counts
    try:
        if counts.done < counts.total:
            with waiting(f"Trying the solution of {batch.module.short}", batch.places):
                rehearse(batch.module, batch.content, batch.places, batch.unsandboxed)
        with progress(counts) as shown:
            batch.on_done.append(shown)
            batch.run()
    except KeyboardInterrupt:
        warn(stopped(counts))
        raise typer.Exit(INTERRUPTED) from None


def _tell(module: Module, outcome: Outcome) -> None:
    for student, notes in sorted(outcome.notes.items()):
        warn(f"{student}: {' '.join(notes)}")
    for student, why in sorted(outcome.failed.items()):
        warn(f"{student} has no grade: {why}")
    kept = outcome.students - len(outcome.written) - len(outcome.failed)
    say(f"{module.short}: {len(outcome.written)} graded into gradebook.db, {kept} unchanged.")
