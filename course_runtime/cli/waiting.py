"""What a person sees while a check runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from course_runtime.cli.screen import console

if TYPE_CHECKING:
    from rich.console import Console

    from course_runtime.emulator import Places

FIRST = "Starting the emulator and a sandbox; the next check will not have to."
PATIENCE_SECONDS = 0.5


@contextmanager
def waiting(words: str, places: Places, *, quiet: bool = False) -> Iterator[None]:
    """On a terminal a spinner; anywhere, one line when the emulator must be started first and takes its time."""
    from course_runtime.grading import current_status

    if quiet:
        yield
        return
    screen = console(stderr=True)
    explanation = threading.Timer(PATIENCE_SECONDS, lambda: screen.print(FIRST, style="dim"))
    explanation.daemon = True
    if current_status(places) is None:
        explanation.start()
    try:
        with _spinner(screen, words):
            yield
    finally:
        explanation.cancel()


@contextmanager
def _spinner(screen: Console, words: str) -> Iterator[None]:
    if not screen.is_terminal:
        yield
        return
    kind = "dots" if screen.encoding.lower().startswith("utf") else "line"
    with screen.status(words, spinner=kind):
        yield
