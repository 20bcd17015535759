from __future__ import annotations

import pytest

from course_runtime.course.errors import CourseError
from course_runtime.course.regions import body, by_todo, find_regions, regions, replace_lines, scan

SOURCE = """\
# TODO 1.1 First task
#   Instructions.
# EXERCISE: x = ...
x = 1
# a comment of the answer
# END TODO
    # TODO 1.2: Second task
    return 2
    # END TODO
"""


def test_a_region_knows_its_todo_its_task_and_its_indentation() -> None:
    first, second = regions(SOURCE, "exercise.py")
    assert (first.todo, first.title, first.indent) == ("1.1", "First task", "")
    assert (second.todo, second.title, second.indent) == ("1.2", "Second task", "    ")


def test_instructions_are_not_part_of_the_body_but_placeholders_are() -> None:
    first = find_regions(SOURCE)[0]
    assert body(SOURCE, first) == ["# EXERCISE: x = ...", "x = 1", "# a comment of the answer"]


def test_a_todo_without_an_id_is_an_ordinary_comment() -> None:
    assert scan("# TODO tidy up\n# TODO 3 things\n# TODO 1.2.3 no\nx = 1\n") == ([], [])


def test_markers_in_a_markdown_cell_are_text() -> None:
    assert scan("# %% [markdown]\n# TODO 1.1 Read this\n# %%\nx = 1\n") == ([], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# TODO 1.1 a\nx = 1\n", "Line 1: TODO 1.1 has no # END TODO"),
        ("x = 1\n# END TODO\n", "Line 2: # END TODO without a # TODO above it"),
        ("# TODO 1.1 a\n# TODO 1.2 b\n# END TODO\n", "Line 1: TODO 1.1 has no # END TODO"),
        ("# TODO 1.1 a\n# %%\n# END TODO\n", "Line 2: a new cell inside TODO 1.1"),
    ],
)
def test_an_author_is_told_which_marker_is_wrong(text: str, said: str) -> None:
    with pytest.raises(CourseError) as refusal:
        regions(text, "exercise.py")
    assert said in str(refusal.value)


def test_a_students_damaged_region_does_not_hide_the_others() -> None:
    text = "# TODO 1.1 a\nx = 1\n# TODO 1.2 b\ny = 2\n# END TODO\n"
    assert [region.todo for region in find_regions(text)] == ["1.2"]


def test_a_todo_may_have_several_regions() -> None:
    one = "# TODO 1.1 a\n# END TODO\n"
    assert len(by_todo(find_regions(one + one))["1.1"]) == 2


def test_replacing_lines_does_not_move_the_other_places() -> None:
    assert replace_lines("a\nb\nc\nd", [(0, 1, ["A", "A"]), (2, 3, [])]) == "A\nA\nb\nd"
