"""Damaged notebooks: what is still there of the answers counts, and what was wrong is said."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from course_runtime.classroom.nbgrader import mend, source_notebook
from course_runtime.course import Module, cell_text

from .answers import RIGHT, Notebook, answered, cell_called, code, label

WRONG = RIGHT["todo-1-1"].replace("round(price * (1 + percent / 100), 2)", "None")


@pytest.fixture(scope="module")
def released(module: Module) -> Notebook:
    return dict(json.loads(source_notebook(module, module.todos, 2.0)))


def texts(notebook: Notebook) -> dict[str, str]:
    return {label(cell): cell_text(cell, "x") for cell in notebook["cells"] if label(cell)}


def without_ids(notebook: Notebook) -> None:
    for cell in notebook["cells"]:
        cell.pop("id", None)
        cell["metadata"] = {}


def points_changed(notebook: Notebook) -> None:
    cell_called(notebook, "points-1-1")["metadata"]["nbgrader"]["points"] = 1000


def rewritten(notebook: Notebook) -> None:
    cell_called(notebook, "points-1-1")["source"] = "1000"


def cell_deleted(notebook: Notebook) -> None:
    notebook["cells"].remove(cell_called(notebook, "points-1-2"))


def became_markdown(notebook: Notebook) -> None:
    cell = cell_called(notebook, "todo-1-2")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def copied(notebook: Notebook) -> None:
    twin = copy.deepcopy(cell_called(notebook, "todo-1-1"))
    twin["source"] = WRONG
    notebook["cells"].insert(0, twin)


def other_kernel(notebook: Notebook) -> None:
    notebook["metadata"]["kernelspec"] = {"name": "julia", "display_name": "Julia", "language": "julia"}


def metadata_of_other_kinds(notebook: Notebook) -> None:
    cell_called(notebook, "points-1-3")["metadata"] = ["nbgrader"]
    notebook["metadata"] = None


@pytest.mark.parametrize(
    ("damage", "note"),
    [
        (without_ids, "lost their names"),
        (points_changed, "points-1-1 had other points"),
        (rewritten, "points-1-1, which is not for students to change"),
        (cell_deleted, "points-1-2 was gone"),
        (became_markdown, "todo-1-2 had become markdown"),
        (copied, "todo-1-1 is there more than once"),
        (other_kernel, "kernel is 'julia'"),
        (metadata_of_other_kinds, "lost their names: points-1-3"),
    ],
    ids=lambda one: one.__name__ if callable(one) else "",
)
def test_answers_survive_and_the_damage_is_named(
    released: Notebook, damage: Callable[[Notebook], Any], note: str
) -> None:
    notebook = answered(released)
    whole = texts(notebook)
    damage(notebook)
    mended = mend(released, notebook)
    assert texts(mended.document) == whole
    assert any(note in one for one in mended.notes), mended.notes
    assert mended.document["metadata"] == released["metadata"]
    abouts = [cell["metadata"].get("nbgrader") for cell in mended.document["cells"] if label(cell)]
    assert abouts == [cell["metadata"]["nbgrader"] for cell in released["cells"] if label(cell)]


def test_an_honest_notebook_stays_as_it_is_but_for_its_outputs(released: Notebook) -> None:
    notebook = answered(released)
    notebook["cells"].insert(3, code("extra = 1"))
    cell_called(notebook, "points-1-1")["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": "!"}
    ]
    mended = mend(released, notebook)
    assert mended.notes == []
    assert [cell_text(cell, "x") for cell in mended.document["cells"]] == [
        cell_text(cell, "x") for cell in notebook["cells"]
    ]
    assert all(cell.get("outputs", []) == [] for cell in mended.document["cells"])
