"""The commands, put together."""

from __future__ import annotations

import typer

from course_runtime.cli import (
    check,
    data,
    dev,
    diff,
    docs,
    doctor,
    emulator,
    grade,
    gradescope,
    hint,
    nbgrader,
    reset,
    start,
    watch,
    where,
)
from course_runtime.cli.exec_command import exec_command

SETTINGS = {"help_option_names": ["-h", "--help"]}
AS_THEY_COME = {"ignore_unknown_options": True, "allow_interspersed_args": False}


def build_app() -> typer.Typer:
    # Without markup typer's help needs no rich, and comes in half the time.
    app = typer.Typer(
        name="workshop",
        help="Learn Azure Machine Learning by doing, on an Azure ML that runs on your own machine.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )
    app.callback(invoke_without_command=True)(where.where)
    app.command()(start.start)
    app.command()(check.check)
    app.command()(watch.watch)
    app.command()(hint.hint)
    app.command()(docs.docs)
    app.command()(reset.reset)
    app.command()(diff.diff)
    app.command()(grade.grade)
    app.command()(gradescope.gradescope)
    app.command()(doctor.doctor)
    app.command("exec", context_settings=AS_THEY_COME)(exec_command)
    app.add_typer(data.build())
    app.add_typer(emulator.build())
    app.add_typer(nbgrader.build_nbgrader())
    app.add_typer(dev.build())
    return app
