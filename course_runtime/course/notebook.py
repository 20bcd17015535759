"""The notebook of an exercise: made from the percent text, byte for byte the same each time."""

from __future__ import annotations

import json
from typing import Any

from course_runtime.course.regions import by_todo, find_regions

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def notebook_bytes(percent_text: str) -> bytes:
    import jupytext  # type: ignore[import-untyped, unused-ignore]

    notebook = jupytext.reads(percent_text, fmt="py:percent")
    document = {
        "cells": _cells(notebook.cells),
        "metadata": {"kernelspec": KERNEL, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(document, indent=1, sort_keys=True, ensure_ascii=False) + "\n").encode("utf-8")


def _cells(cells: list[Any]) -> list[dict[str, Any]]:
    used: set[str] = set()
    return [_cell(cell, number, used) for number, cell in enumerate(cells, 1)]


def _cell(cell: Any, number: int, used: set[str]) -> dict[str, Any]:
    todos = _todos_of(cell)
    made: dict[str, Any] = {
        "cell_type": cell.cell_type,
        "id": _unused(todos, number, used),
        "metadata": {"workshop": {"todos": todos}} if todos else {},
        "source": cell.source.splitlines(keepends=True),
    }
    if cell.cell_type == "code":
        made.update(execution_count=None, outputs=[])
    return made


def _todos_of(cell: Any) -> list[str]:
    return list(by_todo(find_regions(cell.source))) if cell.cell_type == "code" else []


def _unused(todos: list[str], number: int, used: set[str]) -> str:
    """Named for its TODO, so that the id stays when cells are added around it."""
    wanted = f"todo-{todos[0].replace('.', '-')}" if todos else f"cell-{number}"
    name = wanted if wanted not in used else f"{wanted}-{number}"
    used.add(name)
    return name
