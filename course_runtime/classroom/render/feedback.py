"""What one student gets back: a page to read on a phone, to print, or to keep."""

from __future__ import annotations

from course_runtime.classroom.grades import Grade
from course_runtime.classroom.render.page import bar, link, page, text
from course_runtime.classroom.render.words import STATES, lateness, points, who
from course_runtime.course import Module
from course_runtime.grading import TodoResult

WORDS = {
    "passed": "passed",
    "failed": "not yet",
    "error": "the kit's fault",
    "timeout": "did not end",
    "not_started": "not started",
    "skipped": "left out",
    "part": "partly",
}


def feedback_html(grade: Grade, module: Module) -> str:
    title = f"Module {module.number}: {module.title}"
    parts = [_head(grade, title)]
    if grade.result is None:
        parts.append(_card(f"<h2>{text(STATES[grade.state]).capitalize()}</h2>", _message(grade.message)))
    else:
        parts += [_todo(todo) for todo in grade.result.todos]
        parts += [_notes(grade.result.notes)] if grade.result.notes else []
    return page(f"{title}: {who(grade)}", "\n".join(parts))


def _head(grade: Grade, title: str) -> str:
    final = points(grade.final) or "–"  # noqa: RUF001 (a dash for no number)
    score = f'<div class="score">{final}<small> of {points(grade.max_score)} points</small></div>'
    names = f'<div><h1>{text(title)}</h1><div class="soft">{text(who(grade))}</div></div>'
    parts = [f'<div class="top">{names}{score}</div>']
    if grade.final is not None and grade.max_score:
        parts.append(bar(grade.final / grade.max_score))
    if late := lateness(grade):
        taken = (
            f"{points(grade.penalty)} of {points(grade.raw)} points taken off"
            if grade.penalty
            else "nothing taken off"
        )
        parts.append(f'<div class="soft">Handed in {text(late)}: {taken}.</div>')
    if grade.result is not None:
        done = sum(todo.status == "passed" for todo in grade.result.todos)
        parts.append(f'<div class="soft">{done} of {len(grade.result.todos)} TODOs passed</div>')
    return f'<header class="card">{"".join(parts)}</header>'


def _todo(todo: TodoResult) -> str:
    kind = "part" if todo.status == "failed" and todo.points > 0 else todo.status
    score = f'<span class="points">{points(todo.points)} / {points(todo.max_points)}</span>'
    pill = f'<span class="pill {kind}">{WORDS[kind]}</span>'
    parts = [f'<div class="row"><h2>{text(todo.id)} {text(todo.title)}</h2>{pill}{score}</div>']
    if todo.status != "passed" and todo.message:
        parts.append(_message(todo.message))
    if todo.tests:
        parts.append(f'<ul class="tests">{"".join(_test(one.name, one.status) for one in todo.tests)}</ul>')
    if todo.status != "passed" and todo.docs:
        links = ", ".join(link(one["title"], one["url"]) for one in todo.docs)
        parts.append(f'<div class="docs"><span class="soft">To read:</span> {links}</div>')
    return _card(*parts)


def _test(name: str, status: str) -> str:
    passed = status == "passed"
    mark = '<span class="yes">✓</span>' if passed else '<span class="no">✗</span>'
    return f'<li>{mark}<span>{text(name)}</span><span class="soft">{WORDS[status]}</span></li>'


def _notes(notes: list[str]) -> str:
    items = "".join(f"<li>{text(note)}</li>" for note in notes)
    return _card(f"<h2>Notes</h2><ul>{items}</ul>")


def _message(message: str) -> str:
    return f'<div class="message">{text(message)}</div>'


def _card(*parts: str) -> str:
    return f'<section class="card">{"".join(parts)}</section>'
