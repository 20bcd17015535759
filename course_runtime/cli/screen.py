"""Where commands write: rich consoles that leave text as it is, in colour only on a terminal that wants it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

WIDEST = 100


def console(*, stderr: bool = False, record: bool = False) -> Console:
    """No markup, no emoji codes, no highlighting: what is printed may be a student's."""
    from rich.console import Console

    made = Console(stderr=stderr, markup=False, emoji=False, highlight=False, record=record)
    made.width = min(made.width, WIDEST)
    return made


def say(*lines: str) -> None:
    """Plain lines, whatever rich would make of them."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def warn(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()
