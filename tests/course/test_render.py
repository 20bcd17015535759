from __future__ import annotations

import ast

import pytest
from hypothesis import given

from course_runtime.course.errors import CourseError
from course_runtime.course.regions import by_todo, find_regions
from course_runtime.course.render import exercise_text, solution_text

from .sources import sources


def test_the_answer_becomes_a_refusal_at_the_markers_indentation() -> None:
    source = 'def f():\n    # TODO 1.1 Say "hi"\n    #   Politely.\n    return "hi"\n    # END TODO\n'
    assert exercise_text(source) == (
        'def f():\n    # TODO 1.1 Say "hi"\n    #   Politely.\n'
        '    raise NotImplementedError("TODO 1.1: Say \\"hi\\"")\n    # END TODO\n'
    )


def test_placeholder_lines_become_code_in_the_exercise_and_vanish_from_the_solution() -> None:
    source = "# TODO 1.1 a\n# EXERCISE: for x in ...:\n# EXERCISE:     pass\n# EXERCISE:\nx = 1\n# END TODO\n"
    assert exercise_text(source) == "# TODO 1.1 a\nfor x in ...:\n    pass\n\n# END TODO\n"
    assert solution_text(source) == "# TODO 1.1 a\nx = 1\n# END TODO\n"


@pytest.mark.parametrize("head", ["", "class A:\n    ", "if True:\n    "])
def test_outside_a_function_a_placeholder_is_needed(head: str) -> None:
    indent = head[head.rfind("\n") + 1 :]
    source = f"{head}# TODO 1.1 a\n{indent}x = 1\n{indent}# END TODO\n"
    with pytest.raises(CourseError, match="EXERCISE"):
        exercise_text(source)


def test_a_function_in_a_method_of_a_class_is_a_function() -> None:
    source = "class A:\n    def f(self):\n        # TODO 1.1 a\n        return 1\n        # END TODO\n"
    assert "        raise NotImplementedError" in exercise_text(source)


def test_a_source_that_does_not_compile_is_named() -> None:
    with pytest.raises(CourseError, match=r"broken\.py does not compile"):
        exercise_text("# TODO 1.1 a\nx = (\n# END TODO\n", "broken.py")


@given(sources())
def test_an_exercise_compiles_and_keeps_all_that_is_given(source: str) -> None:
    exercise = exercise_text(source)
    ast.parse(exercise)
    assert _outside(exercise) == _outside(source)
    assert {t: len(r) for t, r in by_todo(find_regions(exercise)).items()} == {
        t: len(r) for t, r in by_todo(find_regions(source)).items()
    }


@given(sources())
def test_rendering_twice_changes_nothing(source: str) -> None:
    assert exercise_text(exercise_text(source)) == exercise_text(source)
    assert solution_text(solution_text(source)) == solution_text(source)


def _outside(text: str) -> list[str]:
    inside = {line for region in find_regions(text) for line in range(region.body_start, region.end)}
    return [line for number, line in enumerate(text.split("\n")) if number not in inside]
