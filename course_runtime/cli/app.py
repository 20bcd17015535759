"""The commands, put together."""

from __future__ import annotations

from importlib import import_module

import typer

from course_runtime.cli.where import where

SETTINGS = {"help_option_names": ["-h", "--help"]}
AS_THEY_COME = {"ignore_unknown_options": True, "allow_interspersed_args": False}
COMMANDS = (
    "start",
    "check",
    "watch",
    "hint",
    "docs",
    "reset",
    "diff",
    "grade",
    "gradescope",
    "doctor",
    "exec",
)
GROUPS = ("data", "emulator", "nbgrader", "dev")
HOME = {"exec": "exec_command"}
"""Where a command lies whose name Python keeps for itself."""


def build_app(wanted: str = "") -> typer.Typer:
    """With one command only when it is `wanted`: to put all of them together takes longer than some of them."""
    # Without markup typer's help needs no rich, and comes in half the time.
    app = typer.Typer(
        name="workshop",
        help="Learn Azure Machine Learning by doing, on an Azure ML that runs on your own machine.",
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )
    app.callback(invoke_without_command=True)(where)
    is_known = wanted in COMMANDS + GROUPS
    for name in (wanted,) if is_known else COMMANDS + GROUPS:
        _add(app, name)
    return app


def _add(app: typer.Typer, name: str) -> None:
    home = import_module(f"course_runtime.cli.{HOME.get(name, name)}")
    if name in GROUPS:
        app.add_typer(home.build_group())
    else:
        settings = AS_THEY_COME if name == "exec" else None
        app.command(name, context_settings=settings)(getattr(home, HOME.get(name, name)))
