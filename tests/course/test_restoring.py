from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.notebook import notebook_bytes
from course_runtime.course.regions import find_regions
from course_runtime.course.render import exercise_text, solution_text
from course_runtime.course.restoring import restored_notebook, restored_text

from .sources import sources

REGION = "    # TODO 1.{} a\n    raise ValueError\n    # END TODO\n"
GIVEN = f"def f():\n{REGION.format(1)}\n\ndef g():\n{REGION.format(2)}"


@given(sources())
def test_an_answered_exercise_reset_todo_by_todo_is_the_exercise(source: str) -> None:
    exercise, text = exercise_text(source), solution_text(source)
    for todo in {region.todo for region in find_regions(source)}:
        text = restored_text(text, exercise, todo)
    assert text == exercise


@given(sources(), st.data())
def test_an_exercise_with_a_lost_marker_line_reset_is_the_exercise(source: str, data: st.DataObject) -> None:
    exercise = exercise_text(source)
    found = find_regions(exercise)
    region = data.draw(st.sampled_from(found))
    lines = exercise.split("\n")
    del lines[data.draw(st.sampled_from([region.start, region.end]))]
    try:
        restored = restored_text("\n".join(lines), exercise, region.todo)
    except CourseError as refusal:
        assert "workshop reset module5" in refusal.next_step
        assert sum(other.todo == region.todo for other in found) > 1 or len(found) > 1
    else:
        assert len(find_regions(restored)) == len(found)


def test_only_the_named_todo_is_put_back() -> None:
    mine = GIVEN.replace("raise ValueError", "return 1")
    assert restored_text(mine, GIVEN, "1.2").count("return 1") == 1


@pytest.mark.parametrize("gone", ["    # TODO 1.1 a\n", "    # END TODO\n"])
def test_a_lost_marker_comes_back_and_the_answer_goes(gone: str) -> None:
    mine = GIVEN.replace("raise ValueError", "return 1").replace(gone, "", 1)
    assert restored_text(mine, GIVEN, "1.1") == GIVEN.replace("raise ValueError", "return 1").replace(
        "return 1", "raise ValueError", 1
    )


def test_a_place_that_cannot_be_told_is_refused_rather_than_guessed() -> None:
    with pytest.raises(CourseError, match="`workshop reset module1`"):
        restored_text("# TODO 1.2 b\n# END TODO\n", GIVEN, "1.1")


def test_two_damaged_regions_of_one_todo_side_by_side_are_refused() -> None:
    given = f"{REGION.format(1)}{REGION.format(1)}"
    with pytest.raises(CourseError, match="`workshop reset module1`"):
        restored_text("return 1\n", given, "1.1")


def _notebook(module: Module) -> dict[str, Any]:
    document = json.loads(_given(module))
    assert isinstance(document, dict)
    return document


def _given(module: Module) -> bytes:
    return notebook_bytes(exercise_text((module.folder / "exercise.py").read_text()))


def _restored(module: Module, document: dict[str, Any], todo: str) -> Any:
    return json.loads(restored_notebook(json.dumps(document).encode(), _given(module), todo, "n.ipynb"))


def test_a_cell_is_put_back_and_its_output_cleared(basics: Module) -> None:
    mine = _notebook(basics)
    cell = mine["cells"][1]
    cell.update(
        source="".join(cell["source"]).replace("NAME = ...", "NAME = 1"), outputs=[{}], execution_count=3
    )
    mine["cells"].append({"cell_type": "code", "source": "x = 1", "id": "mine"})
    restored = _restored(basics, mine, "0.1")
    assert restored["cells"][:-1] == _notebook(basics)["cells"]
    assert restored["cells"][-1]["source"] == "x = 1"


def test_a_cell_whose_marker_is_gone_is_found_by_its_id(basics: Module) -> None:
    mine = _notebook(basics)
    mine["cells"][1]["source"] = [line for line in mine["cells"][1]["source"] if "TODO 0.1" not in line]
    assert _restored(basics, mine, "0.1") == _notebook(basics)


def test_a_deleted_cell_comes_back_in_its_place(basics: Module) -> None:
    mine = _notebook(basics)
    del mine["cells"][1]
    assert _restored(basics, mine, "0.1") == _notebook(basics)


def test_all_cells_deleted_still_gives_the_cell_back(basics: Module) -> None:
    mine = _notebook(basics)
    mine["cells"] = []
    assert _restored(basics, mine, "0.1")["cells"] == [_notebook(basics)["cells"][1]]
