"""How graders put things into words: the same form in every module's messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from course_runtime.grading.failures import StudentFailure

MOST = 8


def listed(items: Iterable[object], most: int = MOST) -> str:
    """One line for each item, indented; of many, the first ones and how many more there are."""
    every = list(items)
    shown = [f"  {item}" for item in every[:most]]
    if len(every) > most:
        shown.append(f"  ... and {len(every) - most} more")
    return "\n".join(shown)


@contextmanager
def expecting(what: str) -> Iterator[None]:
    """Where their code raises within, the message begins with what it should have done instead."""
    try:
        yield
    except StudentFailure as failure:
        raise StudentFailure(f"{what}\n{failure}", kind=failure.kind) from None
