"""The class on a terminal, when it is graded: figures, who needs a look, and how hard each TODO was."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from rich.console import Console
from rich.table import Table
from rich.text import Text

from course_runtime.classroom.grades import Grade
from course_runtime.classroom.render.words import STATES, lateness, points, who
from course_runtime.course import Module
from course_runtime.grading.render import marks_for, safe

BAR_WIDTH = 24


def print_overview(console: Console, grades: Sequence[Grade], module: Module) -> None:
    console.print()
    console.print(_figures(grades, module))
    console.print(_hardness(console, grades, module))
    for grade in grades:
        if grade.state not in ("graded", "missing"):
            console.print(
                Text(
                    f"{safe(who(grade))}: {STATES[grade.state]}. {safe(grade.message)}",
                    style="yellow",
                    overflow="fold",
                )
            )
    late = [grade for grade in grades if grade.seconds_late > 0]
    for grade in late:
        taken = f", {points(grade.penalty)} points taken off" if grade.penalty else ""
        console.print(Text(f"{safe(who(grade))}: {lateness(grade)}{taken}", style="dim", overflow="fold"))


def _figures(grades: Sequence[Grade], module: Module) -> Text:
    scores = [grade.final for grade in grades if grade.final is not None]
    whole = sum(grade.result is not None and grade.result.passed for grade in grades)
    middle = f"median {points(median(scores))} of {module.max_points} points" if scores else "no grades"
    return Text(f"{len(grades)} students, {middle}, {whole} passed everything", style="bold")


def _hardness(console: Console, grades: Sequence[Grade], module: Module) -> Table:
    marks = marks_for(console.encoding)
    results = [grade.result for grade in grades if grade.result is not None]
    table = Table.grid(padding=(0, 1))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True, justify="right")
    for todo in module.todos:
        passed = sum(
            one.status == "passed" for result in results for one in result.todos if one.id == todo.id
        )
        full, empty = marks.bar(passed, len(results), BAR_WIDTH)
        drawn = Text(full, style="green").append(empty, style="dim")
        table.add_row(
            Text(todo.id, style="bold"), Text(safe(todo.title)), drawn, f"{passed} of {len(results)}"
        )
    return table
