"""A student's notebook put back into the shape that was released, with their answers in it, and what was wrong."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from course_runtime.course import cell_text, find_regions

Cell = dict[str, Any]


@dataclass
class Mended:
    document: dict[str, Any]
    notes: list[str] = field(default_factory=list)


def mend(released: dict[str, Any], submitted: dict[str, Any], name: str = "The notebook") -> Mended:
    """Cells that the student added stay where they are; outputs go."""
    return _Mending(released, submitted, name).run()


class _Mending:
    def __init__(self, released: dict[str, Any], submitted: dict[str, Any], name: str) -> None:
        self.released = released
        self.submitted: list[Cell] = submitted["cells"]
        self.name = name
        self.labelled = {_grade_id(cell): cell for cell in released["cells"] if _grade_id(cell)}
        self.notes: list[str] = []
        kernel = _dict(_dict(submitted.get("metadata")).get("kernelspec")).get("name")
        own = released["metadata"].get("kernelspec", {}).get("name")
        if own and kernel != own:
            self.notes.append(f"Its kernel is {kernel!r}, not {own!r}.")

    def run(self) -> Mended:
        which = self._whose()
        cells: list[Cell] = []
        for number, cell in enumerate(self.submitted):
            label = which.get(number)
            if label is not None:
                cells.append(self._restored(label, cell))
            elif _grade_id(cell) not in self.labelled:
                cells.append(_plain(cell, self.name, f"own-{number}"))
        self._add_missing(cells)
        document = {**copy.deepcopy(self.released), "cells": cells}
        return Mended(document, list(dict.fromkeys(self.notes)))

    def _whose(self) -> dict[int, str]:
        """Which submitted cell stands for which released one. Of several the last counts, as when they are run."""
        by_label: dict[str, int] = {}
        for number, cell in enumerate(self.submitted):
            label = _grade_id(cell)
            if label in self.labelled:
                if label in by_label:
                    self.notes.append(f"Cell {label} is there more than once; the last one counts.")
                by_label[label] = number
        lost = []
        for label, cell in self.labelled.items():
            if label not in by_label:
                found = self._unlabelled(label, cell, set(by_label.values()))
                if found is not None:
                    by_label[label] = found
                    lost.append(label)
        if lost:
            self.notes.append(f"Its cells had lost their names: {', '.join(lost)}.")
        return {number: label for label, number in by_label.items()}

    def _unlabelled(self, label: str, released: Cell, taken: set[int]) -> int | None:
        """By the TODOs that it holds, or by its text."""
        wanted = _todos(released, self.name)
        for number in reversed(range(len(self.submitted))):
            cell = self.submitted[number]
            if number in taken or _grade_id(cell) in self.labelled:
                continue
            same = cell_text(cell, self.name) == cell_text(released, self.name)
            if same or cell.get("id") == label or (wanted and _todos(cell, self.name) == wanted):
                return number
        return None

    def _restored(self, label: str, cell: Cell) -> Cell:
        released = self.labelled[label]
        restored: Cell = copy.deepcopy(released)
        if cell.get("cell_type") != released["cell_type"]:
            self.notes.append(f"Cell {label} had become {cell.get('cell_type')}.")
        about, own = released["metadata"]["nbgrader"], _about(cell)
        if own and own.get("points") != about.get("points"):
            self.notes.append(f"Cell {label} had other points.")
        text = cell_text(cell, self.name)
        if about["solution"]:
            restored["source"] = text
        elif text != cell_text(released, self.name):
            self.notes.append(f"Cell {label}, which is not for students to change, was changed.")
        return restored

    def _add_missing(self, cells: list[Cell]) -> None:
        order = list(self.labelled)
        for position, label in enumerate(order):
            present = [_grade_id(cell) for cell in cells]
            if label in present:
                continue
            self.notes.append(f"Cell {label} was gone.")
            before = [present.index(one) for one in order[:position] if one in present]
            cells.insert(max(before) + 1 if before else len(cells), copy.deepcopy(self.labelled[label]))


def _plain(cell: Cell, name: str, new_id: str) -> Cell:
    """The student's own: its text, and nothing else of it."""
    kind = cell.get("cell_type")
    plain: Cell = {
        "cell_type": kind if kind in ("code", "markdown") else "raw",
        "id": new_id,
        "metadata": {},
        "source": cell_text(cell, name),
    }
    if kind == "code":
        plain |= {"execution_count": None, "outputs": []}
    return plain


def _todos(cell: Cell, name: str) -> list[str]:
    return sorted({region.todo for region in find_regions(cell_text(cell, name))})


def _grade_id(cell: Cell) -> str:
    label = _about(cell).get("grade_id")
    return label if isinstance(label, str) else ""


def _about(cell: Cell) -> dict[str, Any]:
    return _dict(_dict(cell.get("metadata")).get("nbgrader"))


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
