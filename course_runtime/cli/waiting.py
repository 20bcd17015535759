"""What a person sees while a check runs."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from course_runtime.cli.screen import console

if TYPE_CHECKING:
    from course_runtime.emulator import Places

FIRST = "Starting the emulator and a sandbox; the next check will not have to."
PATIENCE_SECONDS = 0.5
SECONDS_TO_ASK = 0.08
"""Until the check is under way: before that, a second thread would only be in its way."""


@contextmanager
def waiting(words: str, places: Places, *, quiet: bool = False) -> Iterator[None]:
    """On a terminal a spinner; anywhere, one line when the emulator must be started first and takes its time."""
    from course_runtime.grading import current_status

    if quiet:
        yield
        return
    done = threading.Event()
    explanation = FIRST if current_status(places) is None else ""
    showing = threading.Thread(target=_show, args=(words, explanation, done), daemon=True)
    showing.start()
    try:
        yield
    finally:
        done.set()
        showing.join()


def _show(words: str, explanation: str, done: threading.Event) -> None:
    """In a thread of its own: what shows things takes its time to import, and the check has begun meanwhile."""
    if done.wait(SECONDS_TO_ASK):
        return
    screen = console(stderr=True)
    import rich.table  # noqa: F401

    import course_runtime.grading.render  # noqa: F401 - what shows the result is wanted next

    def explain() -> None:
        if explanation and not done.wait(PATIENCE_SECONDS):
            screen.print(explanation, style="dim")
        done.wait()

    if not screen.is_terminal:
        explain()
        return
    kind = "dots" if screen.encoding.lower().startswith("utf") else "line"
    with screen.status(words, spinner=kind):
        explain()
