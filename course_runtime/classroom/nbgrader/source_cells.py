"""A module's notebook as nbgrader's source: the solution, a cell of points for each TODO, and a reflection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from course_runtime.course import POINTS_PREFIX, Module, Todo, notebook_bytes, read_source

Cell = dict[str, Any]

REFLECTION = "reflection"
QUESTION = """\
## In your own words

What did you decide in this module, and why? What would you look at first if it failed at work?

*Your answer goes here, in place of this line.*
"""


def source_notebook(module: Module, todos: Sequence[Todo], reflection_points: float) -> bytes:
    """Points for these TODOs only; the cells of the others are there all the same, for later ones build on them."""
    document = json.loads(notebook_bytes(read_source(module, module.main_file)))
    cells: list[Cell] = document["cells"]
    for cell in cells:
        if _todos_of(cell):
            cell["metadata"]["nbgrader"] = _about(cell["id"], solution=True)
    for todo in todos:
        cells.insert(_after(cells, todo), _points_cell(module, todo))
    if reflection_points:
        cells.append(_reflection(reflection_points))
    return (json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def _todos_of(cell: Cell) -> list[str]:
    return list(cell["metadata"].get("workshop", {}).get("todos", []))


def _after(cells: list[Cell], todo: Todo) -> int:
    """Behind the last cell that it is written in; one that lives in another file has its points at the end."""
    holding = [number for number, cell in enumerate(cells) if todo.id in _todos_of(cell)]
    return holding[-1] + 1 if holding else len(cells)


def _points_cell(module: Module, todo: Todo) -> Cell:
    name = f"{POINTS_PREFIX}{todo.id.replace('.', '-')}"
    asked = f'check_todo("{module.short}", "{todo.id}")'
    lines = [
        f"# TODO {todo.id}, {todo.points} points: {todo.title}",
        "# Runs `workshop check` on this notebook as it was last saved.",
        "from course_runtime.classroom.nbgrader import check_todo",
        "",
        f"points = {asked}",
        "### BEGIN HIDDEN TESTS",
        "# Once more, with other names and other data: what was right by luck is found out.",
        f"points = min(points, {asked})",
        "### END HIDDEN TESTS",
        "points",
    ]
    return {
        "cell_type": "code",
        "execution_count": None,
        "id": name,
        "metadata": {"nbgrader": _about(name, points=float(todo.points), locked=True)},
        "outputs": [],
        "source": "\n".join(lines).splitlines(keepends=True),
    }


def _reflection(points: float) -> Cell:
    return {
        "cell_type": "markdown",
        "id": REFLECTION,
        "metadata": {"nbgrader": _about(REFLECTION, points=points, solution=True)},
        "source": QUESTION.splitlines(keepends=True),
    }


def _about(
    name: str, *, points: float | None = None, solution: bool = False, locked: bool = False
) -> dict[str, Any]:
    about: dict[str, Any] = {
        "schema_version": 3,
        "grade_id": name,
        "grade": points is not None,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    return about if points is None else {**about, "points": points}
