"""`workshop gradescope`: a module as an autograder that Gradescope runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from course_runtime.cli.completion import module_names
from course_runtime.cli.screen import say


def gradescope(
    module: Annotated[
        str,
        typer.Argument(help="Which module: module4, or 4.", autocompletion=module_names, show_default=False),
    ],
    file: Annotated[Path, typer.Argument(help="The zip to write.", show_default=False)],
    unsandboxed: Annotated[
        bool, typer.Option("--unsandboxed", help="Grade although the sandbox does not hold there.")
    ] = False,
) -> None:
    """Write a zip that Gradescope takes for an autograder.

    Upload it under Configure Autograder. Gradescope's containers may not allow the sandbox's namespaces: then every
    submission is answered with the sentence that says so, unless the zip was made with --unsandboxed, and a student's
    code can see the tests.
    """
    from course_runtime.classroom import write_autograder_zip
    from course_runtime.course import load_catalogue

    write_autograder_zip(load_catalogue().module(module), file, unsandboxed=unsandboxed)
    say(f"{file}: upload it to Gradescope under Configure Autograder.")
