from __future__ import annotations

from dataclasses import replace

import pytest

from course_runtime.course.check_metadata import metadata_problems
from course_runtime.course.model import DocLink, Module, QuizQuestion, Todo


def _said(module: Module) -> str:
    return "\n".join(str(problem) for problem in metadata_problems(module))


def _with(module: Module, **changes: object) -> Module:
    first, *others = module.todos
    return replace(module, todos=(replace(first, **changes), *others))  # type: ignore[arg-type]


def test_a_module_in_order_has_no_problem(basics: Module, scripts: Module) -> None:
    assert _said(basics) == _said(scripts) == ""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "0.2"}, "TODO 0.2 is there 2 times"),
        ({"id": "5.1"}, "TODO 5.1 is in module0"),
        ({"points": 0}, "has 0 points"),
        ({"title": " "}, "has no title"),
        ({"hints": ("a", "b")}, "has 2 hints"),
        ({"hints": ("a", "b", " ")}, "an empty hint"),
        ({"hints": ("a", "b", "a ")}, "the same hint twice"),
        ({"docs": ()}, "no documentation link"),
        ({"docs": (DocLink("", "https://docs.python.org/3/"),)}, "has no title"),
        ({"docs": (DocLink("x", "https://example.com"),)}, "example.com"),
        ({"tracks": ("nope",)}, "There is no track 'nope'"),
        ({"quiz": (QuizQuestion("q", ("a",), "a", "w"),)}, "two or more options"),
        ({"quiz": (QuizQuestion("q", ("a", "a"), "a", "w"),)}, "all different"),
        ({"quiz": (QuizQuestion("q", ("a", "b"), "c", "w"),)}, "'c' is not an option"),
        ({"quiz": (QuizQuestion("q", ("a", "b"), "a", ""),)}, "nothing of why"),
    ],
)
def test_a_fault_in_a_todo_is_said(basics: Module, change: dict[str, object], said: str) -> None:
    assert said in _said(_with(basics, **change))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"todos": ()}, "has no TODO"),
        ({"summary": ""}, "summary is empty"),
        ({"minutes": 0}, "minutes is 0"),
        ({"tracks": ("nope",)}, "The tracks are: half-day, whole."),
    ],
)
def test_a_fault_in_the_module_is_said(basics: Module, change: dict[str, object], said: str) -> None:
    assert said in _said(replace(basics, **change))  # type: ignore[arg-type]


def test_every_problem_names_the_file_and_a_next_step(basics: Module) -> None:
    bare = replace(basics, todos=(Todo("9.9", "", 0),))
    for problem in metadata_problems(bare):
        assert problem.file == basics.folder / "module.toml" and problem.next_step
