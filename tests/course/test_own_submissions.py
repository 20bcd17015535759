from __future__ import annotations

from course_runtime.course.model import Module
from course_runtime.course.own_submissions import (
    exercise_submission,
    solution_submission,
    variant_submission,
)
from course_runtime.course.variants import load_variants


def test_the_solution_has_every_todo_edited_and_compiles(basics: Module, scripts: Module) -> None:
    for module in (basics, scripts):
        submission = solution_submission(module)
        assert {submission.state(todo.id) for todo in module.todos} == {"edited"}
        assert submission.syntax_error is None


def test_the_bare_exercise_has_every_todo_untouched_and_compiles(basics: Module, scripts: Module) -> None:
    for module in (basics, scripts):
        submission = exercise_submission(module)
        assert {submission.state(todo.id) for todo in module.todos} == {"untouched"}
        assert submission.syntax_error is None


def test_a_submission_brings_what_lies_beside_it(basics: Module, scripts: Module) -> None:
    assert solution_submission(basics).files == {"numbers.csv": b"1\n2\n3\n"}
    assert set(solution_submission(scripts).sources) == {"exercise.py", "train.py", "settings.py"}


def test_every_variant_is_a_whole_submission(basics: Module, scripts: Module) -> None:
    for module in (basics, scripts):
        for kind in ("wheat", "chaff"):
            for variant in load_variants(module, kind):
                submission = variant_submission(module, variant)
                assert submission.syntax_error is None, variant.name
                assert submission.sources != solution_submission(module).sources
