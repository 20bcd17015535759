"""The `workshop` command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

__all__ = ["main", "program"]


def program() -> NoReturn:
    """The process called `workshop`: it ends without clearing its memory, which takes as long as to start."""
    code = main()
    try:
        from course_runtime.ending import before_the_end

        before_the_end()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # whoever read it is gone
                stream.flush()
    finally:
        os._exit(code)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code. Ctrl-C, whenever it comes, leaves a line of its own and no more."""
    try:
        from course_runtime.cli.running import run

        return run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
