"""Static checks of wheat and chaff. That wheat passes and chaff is caught is shown by running them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from course_runtime.course.code_tokens import code_tokens
from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.place import Place
from course_runtime.course.problems import Problem
from course_runtime.course.syntax import syntax_problem
from course_runtime.course.variants import Variant, load_variants, solution_sources, variant_sources

CHAFF_PER_TODO = 3


def variant_problems(module: Module) -> Iterator[Problem]:
    wheat, chaff = load_variants(module, "wheat"), load_variants(module, "chaff")
    if not wheat:
        where = module.folder / "wheat"
        yield Problem(
            module.short, where, "There is no wheat.", "Write another right answer as wheat/NAME.py."
        )
    yield from _count_problems(module, chaff)
    solution = solution_sources(module)
    for changed in [*wheat, *chaff]:
        yield from _header_problems(module, changed)
        yield from _text_problems(module, changed, solution)


def _count_problems(module: Module, chaff: list[Variant]) -> Iterator[Problem]:
    caught = Counter(todo for changed in chaff for todo in changed.todos)
    for todo in module.todos:
        if caught[todo.id] < CHAFF_PER_TODO:
            what = f"TODO {todo.id} has {caught[todo.id]} chaff, expected {CHAFF_PER_TODO} or more."
            yield Problem(
                module.short, module.folder / "chaff", what, f"Add wrong answers with `# chaff: {todo.id}`."
            )


def _header_problems(module: Module, changed: Variant) -> Iterator[Problem]:
    known = {todo.id for todo in module.todos}
    if changed.kind == "chaff" and not changed.todos:
        yield Problem(
            module.short, changed.path, "Its header names no TODO.", "Begin it with `# chaff: 4.2`."
        )
    for todo_id in changed.todos:
        if todo_id not in known:
            what = f"Its header names TODO {todo_id}, which is not in module.toml."
            yield Problem(module.short, changed.path, what, f"The TODOs are: {', '.join(sorted(known))}.")
    if not changed.why:
        yield Problem(
            module.short, changed.path, "Its header has no `# why:`.", "Say what the learner was thinking."
        )


def _text_problems(module: Module, changed: Variant, solution: dict[str, str]) -> Iterator[Problem]:
    try:
        text = variant_sources(module, changed)[changed.file]
    except CourseError as error:
        yield Problem(module.short, changed.path, error.message, error.next_step)
        return
    if code_tokens(text) == code_tokens(solution[changed.file]):
        yield Problem(
            module.short, changed.path, "It is the same as the solution.", "Change a region, or delete it."
        )
    problem = syntax_problem(text, partial(Place, changed.path))
    if problem:
        what = f"Put into the solution it does not compile: {problem.reason}: {problem.line_text.strip()}"
        yield Problem(module.short, changed.path, what, "Mend it.")
