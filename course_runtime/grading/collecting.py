"""How pytest collects a module's graders."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from course_runtime.grading.plugin import CheckPlugin, Graders

WITHOUT = (
    *("cacheprovider", "terminal", "junitxml", "pastebin", "stepwise", "setuponly", "setupplan"),
    *("debugging", "doctest", "unittest", "logging", "recwarn", "subtests", "faulthandler"),
    *("threadexception", "unraisableexception"),
)
"""Plugins that no grader needs: each costs a check a part of a millisecond, the last 20 of them."""
OPTIONS = (
    *(option for name in WITHOUT for option in ("-p", f"no:{name}")),
    "--import-mode=importlib",
    "--capture=no",
)


def collect(folder: Path, serve: Callable[[Graders], None]) -> None:
    """Have `serve` called with what pytest has found in the folder, also where that is nothing but a problem."""
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    silence = io.StringIO()
    arguments = [str(folder), *OPTIONS, f"--rootdir={folder}", "-c", os.devnull]
    plugin = CheckPlugin(serve)
    with redirect_stdout(silence), redirect_stderr(silence):
        code = pytest.main(arguments, plugins=[plugin])
    if code in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR):
        plugin.broken.append(silence.getvalue().strip())
        serve(Graders([], plugin))
