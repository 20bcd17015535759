"""`workshop check`: what you wrote, against the graders."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from course_runtime.cli.completion import module_names, todo_ids
from course_runtime.cli.screen import console, say, warn

if TYPE_CHECKING:
    from course_runtime.course import Module
    from course_runtime.grading import CheckRequest, Result

NO_LIVE = "`--backend live` is not in this version of the kit yet: checks run against the emulator."
ONLY_EMULATOR = "Leave --backend away."


def check(
    module: Annotated[
        str,
        typer.Argument(help="Which module: module4, or 4.", autocompletion=module_names, show_default=False),
    ],
    file: Annotated[
        Path | None, typer.Argument(help="A .py or .ipynb file, or a folder; left away, your course folder.")
    ] = None,
    todo: Annotated[
        list[str] | None, typer.Option(help="Only this TODO; may be given again.", autocompletion=todo_ids)
    ] = None,
    backend: Annotated[str, typer.Option(help="emulator, or live (not in this version yet).")] = "emulator",
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object and nothing else.")] = False,
    junit: Annotated[Path | None, typer.Option(help="Write a JUnit report there as well.")] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Name every test.")] = False,
    svg: Annotated[
        Path | None, typer.Option(hidden=True, help="For authors: a picture of the output.")
    ] = None,
) -> None:
    """Check what you wrote.

    Exit code 0: all that is shown passed; 1: some did not; 2: the kit could not run.
    """
    options = Options(backend, _ids(todo or []), file, quiet=as_json)
    try:
        result, title = checked(module, Path.cwd(), options)
    except Exception as error:
        if not as_json:
            raise
        say(_error_as_json(module, error))
        raise typer.Exit(2) from None
    shown = result if as_json or options.chosen else _within_track(result)
    if as_json:
        say(json.dumps(result.as_json()))
    else:
        _print(shown, title, verbose, svg)
    if junit:
        _write_junit(result, junit)
    raise typer.Exit(0 if shown.passed else 1)


class Options:
    """What was asked for, beside the module."""

    def __init__(
        self, backend: str, todos: tuple[str, ...], file: Path | None, *, quiet: bool = False
    ) -> None:
        self.backend = backend
        self.todos = todos
        self.file = file
        self.quiet = quiet

    @property
    def chosen(self) -> bool:
        """Whether it was said what to check; else it is the student's own work, as far as they follow a track."""
        return bool(self.todos or self.file)


def checked(name: str, cwd: Path, options: Options) -> tuple[Result, str]:
    """The result, its progress recorded, and the module's title."""
    from course_runtime.cli.keeping import keep_progress, progress_of
    from course_runtime.cli.places import places_for
    from course_runtime.cli.waiting import waiting
    from course_runtime.course import load_catalogue
    from course_runtime.grading import check as grade

    _require_backend(options.backend)
    catalogue = load_catalogue()
    module = catalogue.module(name)
    for todo_id in options.todos:
        module.todo(todo_id)
    known = progress_of(cwd)
    places = places_for(cwd)
    request = _request(module, cwd, options, known.hints_used, catalogue.root)
    with waiting(f"Checking {module.short}", places, quiet=options.quiet):
        result = grade(request, places)
    note = known.note or keep_progress(cwd, result)
    result.notes += [note] if note else []
    return result, module.title


def _require_backend(backend: str) -> None:
    from course_runtime.grading import KitError

    if backend == "live":
        raise KitError(NO_LIVE, ONLY_EMULATOR)
    if backend != "emulator":
        raise KitError(f"There is no backend {backend!r}.", "Choose emulator.")


def _request(
    module: Module, cwd: Path, options: Options, hints_used: dict[str, int], content: Path
) -> CheckRequest:
    from course_runtime.grading import CheckRequest

    return CheckRequest(
        module=module.short,
        cwd=str(cwd),
        where=str(options.file or ""),
        todos=options.todos,
        hints_used=hints_used,
        content=str(content),
    )


def _ids(given: list[str]) -> tuple[str, ...]:
    """`--todo 4.1 --todo 4.2`, `--todo 4.1,4.2` and `--todo "TODO 4.1"` all do."""
    parts = (part.strip() for one in given for part in one.split(","))
    return tuple(part.upper().removeprefix("TODO").strip() for part in parts if part)


def _within_track(result: Result) -> Result:
    from course_runtime.cli.within_track import within_track

    return within_track(result, Path.cwd())


def _print(result: Result, title: str, verbose: bool, svg: Path | None) -> None:
    from course_runtime.grading.render import print_result

    screen = console(record=svg is not None)
    print_result(screen, result, title, verbose=verbose)
    if svg:
        svg.write_text(_without_remote_fonts(screen.export_svg(title="workshop check")), encoding="utf-8")


def _write_junit(result: Result, path: Path) -> None:
    from course_runtime.grading.render import junit_xml

    path.write_bytes(junit_xml(result))
    warn(f"JUnit report: {path}")


def _error_as_json(module: str, error: Exception) -> str:
    from course_runtime.cli.sentences import sentence_for

    return json.dumps({"schema": 1, "module": module, "error": sentence_for(error).as_json()})


def _without_remote_fonts(svg: str) -> str:
    """A picture that fetches nothing: the reader's own fixed-width font serves."""
    import re

    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
