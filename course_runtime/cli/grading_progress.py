"""How far a class is: a bar with the time left on a terminal, a line a student anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from course_runtime.cli.screen import console, say

if TYPE_CHECKING:
    from rich.console import Console

    from course_runtime.classroom import Counts, Entry

Shown = Callable[["Entry", "Counts"], None]


@contextmanager
def progress(counts: Counts) -> Iterator[Shown]:
    if counts.by_state["kept"]:
        say(f"{counts.by_state['kept']} of {counts.total} have their grade already.")
    screen = console(stderr=True)
    if not screen.is_terminal:
        yield lambda entry, now: say(f"{now.done}/{now.total} {line(entry)}")
        return
    with _bar(screen, counts) as shown:
        yield shown


def line(entry: Entry) -> str:
    from course_runtime.grading.render import safe

    who = safe(entry.name or entry.student)
    if entry.result is None:
        return f"{who}: {safe(entry.message)}"
    return f"{who}: {entry.result.score:g} of {entry.result.max_score:g}"


@contextmanager
def _bar(screen: Console, counts: Counts) -> Iterator[Shown]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("Grading", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}", markup=False),
    )
    with Progress(*columns, console=screen, transient=True) as drawn:
        task = drawn.add_task("", total=counts.total - counts.done, last="")
        begun = counts.done

        def shown(entry: Entry, now: Counts) -> None:
            if entry.result is None:
                drawn.console.print(line(entry))
            drawn.update(task, completed=now.done - begun, last=line(entry)[:40])

        yield shown
