"""The class on one page, for the instructor: who has what, and which TODO was hard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from course_runtime.classroom.grades import Grade
from course_runtime.classroom.render.page import bar, page, text
from course_runtime.classroom.render.words import STATES, lateness, points, who
from course_runtime.course import Module

MARKS = {"passed": "✓", "not_started": "○", "skipped": "○"}


def summary_html(grades: Sequence[Grade], module: Module, pages: Mapping[str, str]) -> str:
    """`pages` has each student's feedback, relative to this page."""
    title = f"Module {module.number}: {module.title}"
    parts = [
        f'<header class="card"><h1>{text(title)}</h1>{_figures(grades, module)}</header>',
        f'<section class="card"><h2>How hard was what</h2><p></p>{_hardness(grades, module)}</section>',
        f'<section class="card scroll">{_table(grades, module, pages)}</section>',
    ]
    return page(f"{title}: the class", "\n".join(parts), wide=True)


def _figures(grades: Sequence[Grade], module: Module) -> str:
    scores = [one.final for one in grades if one.final is not None]
    whole = sum(one.result is not None and one.result.passed for one in grades)
    troubles = sum(one.state in ("refused", "failed") for one in grades)
    figures = {
        "students": str(len(grades)),
        f"median of {module.max_points} points": points(median(scores)) if scores else "-",
        "passed everything": str(whole),
        "late": str(sum(one.seconds_late > 0 for one in grades)),
        "not readable, or not graded": str(troubles),
    }
    items = "".join(
        f'<div><b>{value}</b><span class="soft">{text(name)}</span></div>' for name, value in figures.items()
    )
    return f'<p></p><div class="figures">{items}</div>'


def _hardness(grades: Sequence[Grade], module: Module) -> str:
    results = [one.result for one in grades if one.result is not None]
    rows = []
    for todo in module.todos:
        passed = sum(
            one.status == "passed" for result in results for one in result.todos if one.id == todo.id
        )
        share = passed / len(results) if results else 0.0
        rows.append(
            f"<span>{text(todo.id)} {text(todo.title)}</span>{bar(share)}<span>{passed} of {len(results)}</span>"
        )
    return f'<div class="hardness">{"".join(rows)}</div>'


def _table(grades: Sequence[Grade], module: Module, pages: Mapping[str, str]) -> str:
    todos = [todo.id for todo in module.todos]
    head = "".join(f'<th class="cell">{text(one)}</th>' for one in todos)
    rows = "".join(_row(one, todos, pages.get(one.student, "")) for one in grades)
    named = f'<tr><th>Student</th><th class="number">Points</th>{head}<th>Remark</th></tr>'
    return f"<table><thead>{named}</thead><tbody>{rows}</tbody></table>"


def _row(grade: Grade, todos: list[str], address: str) -> str:
    name = f'<a href="{text(address)}">{text(who(grade))}</a>' if address else text(who(grade))
    found = {todo.id: todo for todo in grade.result.todos} if grade.result else {}
    cells = []
    for one in todos:
        todo = found.get(one)
        if todo is None:
            cells.append('<td class="cell soft">·</td>')
            continue
        kind = "part" if todo.status == "failed" and todo.points > 0 else todo.status
        mark = MARKS.get(todo.status) or points(todo.points)
        cells.append(f'<td class="cell"><span class="pill {kind}">{mark}</span></td>')
    remark = ", ".join(
        part
        for part in (lateness(grade), "" if grade.state == "graded" else STATES[grade.state], grade.message)
        if part
    )
    score = f'<td class="number">{points(grade.final) or "-"}</td>'
    return f'<tr><td>{name}</td>{score}{"".join(cells)}<td class="soft">{text(remark)}</td></tr>'
