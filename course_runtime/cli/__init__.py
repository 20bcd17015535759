"""The `workshop` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; gives its exit code. Ctrl-C, whenever it comes, leaves a line of its own and no more."""
    try:
        from course_runtime.cli.running import run

        return run(arguments)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
        return 130
