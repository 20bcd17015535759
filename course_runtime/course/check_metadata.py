"""Static checks of module.toml: ids, points, hints, links, quiz and tracks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from course_runtime.course.links import link_fault
from course_runtime.course.model import Module, QuizQuestion, Todo
from course_runtime.course.problems import Problem
from course_runtime.course.tracks import load_tracks

HINTS = 3


def metadata_problems(module: Module) -> Iterator[Problem]:
    yield from _module_problems(module)
    yield from _track_problems(module)
    yield from _id_problems(module)
    for todo in module.todos:
        yield from _todo_problems(module, todo)


def _problem(module: Module, what: str, next_step: str) -> Problem:
    return Problem(module.short, module.folder / "module.toml", what, next_step)


def _module_problems(module: Module) -> Iterator[Problem]:
    if not module.todos:
        yield _problem(module, "The module has no TODO.", "Add a [[todo]].")
    if not module.title.strip() or not module.summary.strip():
        yield _problem(module, "The title or the summary is empty.", "Say in one sentence what is learnt.")
    if module.minutes <= 0:
        yield _problem(module, f"minutes is {module.minutes}.", "Give the minutes a student needs.")


def _track_problems(module: Module) -> Iterator[Problem]:
    known = [track.name for track in load_tracks(module.root).tracks]
    named = {*module.tracks, *(track for todo in module.todos for track in todo.tracks)}
    for name in sorted(named - set(known)):
        yield _problem(module, f"There is no track {name!r}.", f"The tracks are: {', '.join(known)}.")


def _id_problems(module: Module) -> Iterator[Problem]:
    for todo_id, count in Counter(todo.id for todo in module.todos).items():
        if count > 1:
            yield _problem(module, f"TODO {todo_id} is there {count} times.", "Give each its own id.")
        if todo_id.split(".")[0] != str(module.number):
            yield _problem(
                module,
                f"TODO {todo_id} is in {module.short}.",
                f"Use {module.number}.1, {module.number}.2, …",
            )


def _todo_problems(module: Module, todo: Todo) -> Iterator[Problem]:
    if todo.points <= 0:
        yield _problem(module, f"TODO {todo.id} has {todo.points} points.", "Give it at least 1.")
    if not todo.title.strip():
        yield _problem(module, f"TODO {todo.id} has no title.", "Name the task in one line.")
    yield from _hint_problems(module, todo)
    yield from _link_problems(module, todo)
    for question in todo.quiz:
        yield from _quiz_problems(module, todo, question)


def _hint_problems(module: Module, todo: Todo) -> Iterator[Problem]:
    if len(todo.hints) != HINTS:
        yield _problem(
            module,
            f"TODO {todo.id} has {len(todo.hints)} hints.",
            "Write three, from a nudge to nearly the answer.",
        )
    if any(not hint.strip() for hint in todo.hints):
        yield _problem(module, f"TODO {todo.id} has an empty hint.", "Write it.")
    if len({hint.strip() for hint in todo.hints}) < len(todo.hints):
        yield _problem(
            module, f"TODO {todo.id} has the same hint twice.", "Let each say more than the one before."
        )


def _link_problems(module: Module, todo: Todo) -> Iterator[Problem]:
    if not todo.docs:
        yield _problem(
            module, f"TODO {todo.id} has no documentation link.", "Add docs = [{title = …, url = …}]."
        )
    for link in todo.docs:
        if not link.title.strip():
            yield _problem(module, f"TODO {todo.id}: the link {link.url} has no title.", "Add one.")
        if fault := link_fault(link.url):
            yield _problem(
                module, f"TODO {todo.id}: the link {link.url} {fault}.", "Link to the primary documentation."
            )


def _quiz_problems(module: Module, todo: Todo, question: QuizQuestion) -> Iterator[Problem]:
    about = f"TODO {todo.id}, the question {question.question!r}"
    if len(set(question.options)) < 2 or len(set(question.options)) < len(question.options):
        yield _problem(module, f"{about}: needs two or more options, all different.", "Mend the options.")
    if question.answer not in question.options:
        yield _problem(
            module, f"{about}: the answer {question.answer!r} is not an option.", "Write it as the option is."
        )
    if not question.why.strip():
        yield _problem(module, f"{about}: says nothing of why.", "Add why = …")
