"""The source notebook: points and hidden tests for each TODO, and a question for people to grade."""

from __future__ import annotations

import json

from course_runtime.classroom.nbgrader import source_notebook
from course_runtime.course import Module, exercise_text, find_regions
from course_runtime.course.notebook_source import notebook_source

from .answers import cell_called, label


def test_points_are_the_modules_and_behind_their_answers(module: Module) -> None:
    document = json.loads(source_notebook(module, module.todos, 2.0))
    graded = {label(cell): cell["metadata"]["nbgrader"] for cell in document["cells"] if label(cell)}
    points = {name: about["points"] for name, about in graded.items() if about["grade"]}
    assert points == {"points-1-1": 4, "points-1-2": 3, "points-1-3": 3, "reflection": 2}
    assert list(graded)[:4] == ["todo-1-1", "points-1-1", "todo-1-2", "points-1-2"]


def test_only_the_tracks_todos_give_points(module: Module) -> None:
    document = json.loads(source_notebook(module, [module.todo("1.2")], 0))
    assert [label(cell) for cell in document["cells"] if label(cell)] == [
        "todo-1-1",
        "todo-1-2",
        "points-1-2",
        "todo-1-3",
    ]


def test_hidden_tests_are_marked_as_nbgrader_has_them(module: Module) -> None:
    document = json.loads(source_notebook(module, module.todos, 0))
    text = "".join(cell_called(document, "points-1-1")["source"])
    assert text.index("### BEGIN HIDDEN TESTS") < text.index("### END HIDDEN TESTS")


def test_each_answer_can_be_emptied_by_itself(module: Module) -> None:
    document = json.loads(source_notebook(module, module.todos, 0))
    for todo in module.todos:
        text = "".join(cell_called(document, f"todo-{todo.id.replace('.', '-')}")["source"])
        assert find_regions(text)
        assert "NotImplementedError" in exercise_text(text)


def test_a_check_does_not_run_the_cells_that_ask_for_checks(module: Module) -> None:
    content = source_notebook(module, module.todos, 2.0)
    text = notebook_source(content, "exercise.ipynb").text
    assert "def cheapest" in text
    assert "check_todo" not in text
