from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from course_runtime.course.errors import CourseError
from course_runtime.course.hints import next_hint
from course_runtime.course.model import Module
from course_runtime.course.progress_store import ProgressStore


def test_each_question_gives_the_next_hint_and_the_last_stays(basics: Module, tmp_path: Path) -> None:
    store = ProgressStore(tmp_path)
    given = [next_hint(basics, "0.2", store) for _ in range(4)]
    assert [hint.level for hint in given] == [1, 2, 3, 3]
    assert given[0].text == "There is a builtin for it."
    assert store.load().of("0.2").hints_used == 3


def test_a_level_may_be_named_and_is_recorded(basics: Module, tmp_path: Path) -> None:
    store = ProgressStore(tmp_path)
    assert next_hint(basics, "0.2", store, level=2).text == "It is called sum."
    assert next_hint(basics, "0.2", store, level=1).level == 1
    assert store.load().of("0.2").hints_used == 2


def test_outside_a_course_nothing_is_recorded(basics: Module) -> None:
    assert next_hint(basics, "0.2", None).level == next_hint(basics, "0.2", None).level == 1


@pytest.mark.parametrize("level", [0, 4, -1])
def test_an_unknown_level_is_a_sentence(basics: Module, level: int) -> None:
    with pytest.raises(CourseError, match="hints 1 to 3"):
        next_hint(basics, "0.2", None, level)


def test_a_todo_without_hints_points_to_its_documentation(basics: Module) -> None:
    bare = replace(basics, todos=(replace(basics.todo("0.1"), hints=()),))
    with pytest.raises(CourseError, match=r"`workshop docs 0\.1`"):
        next_hint(bare, "0.1", None)
