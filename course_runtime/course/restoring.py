"""Puts one TODO's regions back to what was given, in a text or in a notebook."""

from __future__ import annotations

import difflib
import json
from itertools import pairwise
from typing import Any

from course_runtime.course.errors import CourseError
from course_runtime.course.notebook_source import cell_text, code_cells, read_notebook
from course_runtime.course.regions import BEGIN, Region, by_todo, find_regions, replace_lines


def restored_text(text: str, given: str, todo_id: str) -> str:
    wanted = _regions(given, todo_id)
    present = _regions(text, todo_id)
    if len(present) == len(wanted):
        pairs = [
            (old.start, old.end + 1, _lines(given, new)) for old, new in zip(present, wanted, strict=True)
        ]
        return replace_lines(text, pairs)
    return _replaced_between_neighbours(text, given, todo_id, wanted)


def restored_notebook(content: bytes, given: bytes, todo_id: str, name: str) -> bytes:
    document = read_notebook(content, name)
    givens = [cell for cell in code_cells(read_notebook(given, name)) if _holds(cell, todo_id, name)]
    own = [cell for cell in code_cells(document) if _holds(cell, todo_id, name)]
    if len(own) == len(givens):
        for cell, given_cell in zip(own, givens, strict=True):
            _restore_cell(cell, given_cell, todo_id, name)
    else:
        for given_cell in givens:
            _restore_by_id(document, read_notebook(given, name), given_cell, todo_id, name)
    return (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def _regions(text: str, todo_id: str) -> list[Region]:
    return by_todo(find_regions(text)).get(todo_id, [])


def _lines(given: str, region: Region) -> list[str]:
    return given.split("\n")[region.start : region.end + 1]


def _replaced_between_neighbours(text: str, given: str, todo_id: str, wanted: list[Region]) -> str:
    """Without whole markers: what lies between the given lines above and below the region is replaced."""
    lines = text.split("\n")
    partner = _partners(given.split("\n"), lines)
    changes = []
    for region in wanted:
        above = max((own for line, own in partner.items() if line < region.start), default=-1)
        below = min((own for line, own in partner.items() if line > region.end), default=len(lines))
        _refuse_other_todos(lines[above + 1 : below], todo_id)
        changes.append((above + 1, below, _lines(given, region)))
    if any(first[1] > second[0] for first, second in pairwise(changes)):
        raise _cannot(todo_id)
    restored = replace_lines(text, changes)
    if len(_regions(restored, todo_id)) != len(wanted):
        raise _cannot(todo_id)
    return restored


def _partners(given: list[str], own: list[str]) -> dict[int, int]:
    """Which line of the student's is which given line."""
    blocks = difflib.SequenceMatcher(None, given, own, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def _refuse_other_todos(lines: list[str], todo_id: str) -> None:
    for line in lines:
        begin = BEGIN.match(line)
        if begin and begin.group(2) != todo_id:
            raise _cannot(todo_id)


def _cannot(todo_id: str) -> CourseError:
    return CourseError(
        f"The place of TODO {todo_id} cannot be told any more: too much around it was changed.",
        f"`workshop reset module{todo_id.split('.')[0]}` puts the whole module back"
        " (your files are kept as backups).",
    )


def _holds(cell: dict[str, Any], todo_id: str, name: str) -> bool:
    return bool(_regions(cell_text(cell, name), todo_id))


def _restore_cell(cell: dict[str, Any], given_cell: dict[str, Any], todo_id: str, name: str) -> None:
    text = restored_text(cell_text(cell, name), cell_text(given_cell, name), todo_id)
    cell.update(source=text.splitlines(keepends=True), outputs=[], execution_count=None)


def _restore_by_id(
    document: dict[str, Any], given: dict[str, Any], given_cell: dict[str, Any], todo_id: str, name: str
) -> None:
    own = next((cell for cell in code_cells(document) if cell.get("id") == given_cell["id"]), None)
    if own is not None:
        _restore_cell(own, given_cell, todo_id, name)
        return
    ids = [cell.get("id") for cell in document["cells"]]
    order = [cell["id"] for cell in given["cells"]]
    above = [cell_id for cell_id in order[: order.index(given_cell["id"])] if cell_id in ids]
    document["cells"].insert(ids.index(above[-1]) + 1 if above else 0, dict(given_cell))
