"""The Python of a student's notebook, and where each line of it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course_runtime.course.decoding import LARGEST_SOURCE, plain_newlines
from course_runtime.course.errors import CourseError
from course_runtime.course.magics import without_magics

LARGEST_NOTEBOOK = 50_000_000
POINTS_PREFIX = "points-"
FUTURE_IMPORT = re.compile(r"from __future__ import [\w, ]+(\s*#.*)?")
RESTORE = "Undo the last change, or get a fresh one with `workshop reset MODULE` (yours is kept as a backup)."


@dataclass(frozen=True)
class NotebookSource:
    """cell_lines[n] is the (cell, line) of line n of the text; lines between cells belong to the next."""

    text: str
    cell_lines: tuple[tuple[int, int], ...]


def notebook_source(content: bytes, name: str) -> NotebookSource:
    lines: list[str] = []
    origin: list[tuple[int, int]] = []
    for number, cell in enumerate(code_cells(read_notebook(content, name)), 1):
        if is_points_cell(cell):
            continue
        lines.append("# %%")
        origin.append((number, 1))
        own = without_magics(cell_text(cell, name).split("\n"))
        lines += own
        origin += [(number, line) for line in range(1, len(own) + 1)]
    _hoist_future_imports(lines, origin)
    text = "\n".join(lines) + "\n"
    if len(text) > LARGEST_SOURCE:
        raise CourseError(
            f"{name} holds {len(text):,} characters of code; at most {LARGEST_SOURCE:,} are read.",
            "Move data out of the cells into a file of its own.",
        )
    return NotebookSource(text, tuple(origin))


def _hoist_future_imports(lines: list[str], origin: list[tuple[int, int]]) -> None:
    """In Jupyter they may stand in any cell; in one text, before everything else only."""
    at = [number for number, line in enumerate(lines) if FUTURE_IMPORT.fullmatch(line)]
    found = [(lines[number], origin[number]) for number in at]
    for number in at:
        lines[number] = ""
    lines[:0] = [line for line, _ in found]
    origin[:0] = [place for _, place in found]


def read_notebook(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > LARGEST_NOTEBOOK:
        raise CourseError(
            f"{name} is {len(content):,} bytes; at most {LARGEST_NOTEBOOK:,} are read.",
            "Clear its outputs (Edit, Clear All Outputs), save, and run this again.",
        )
    if not content.strip():
        raise CourseError(f"{name} is empty.", f"Save it again in Jupyter. {RESTORE}")
    document = _json(content, name)
    if not isinstance(document, dict) or not isinstance(document.get("cells"), list):
        raise _without_cells(document, name)
    if not all(isinstance(cell, dict) for cell in document["cells"]):
        raise CourseError(f"{name} holds a cell that is not a cell.", RESTORE)
    return document


def code_cells(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [cell for cell in document["cells"] if cell.get("cell_type") == "code"]


def is_points_cell(cell: Mapping[str, Any]) -> bool:
    """One that the kit puts into nbgrader's notebooks to ask for a check: no part of the answer."""
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, Mapping) else None
    if not isinstance(about, Mapping) or about.get("grade") is not True or about.get("solution"):
        return False
    return str(about.get("grade_id", "")).startswith(POINTS_PREFIX)


def cell_text(cell: dict[str, Any], name: str) -> str:
    source = cell.get("source", "")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        raise CourseError(f"{name} holds a cell whose source is not text.", RESTORE)
    return _without_oddities(plain_newlines(source), name)


def _without_oddities(text: str, name: str) -> str:
    if "\0" in text:
        raise CourseError(f"{name} holds a NUL character in a cell.", "Delete it, and save the notebook.")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        odd = f"U+{ord(text[error.start]):04X}"
        raise CourseError(
            f"{name} holds half a character ({odd}) in a cell.", "Delete it, and save."
        ) from error
    return text


def _json(content: bytes, name: str) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise CourseError(f"{name} is not UTF-8 text, as a notebook must be.", RESTORE) from error
    except json.JSONDecodeError as error:
        raise CourseError(
            f"{name} is damaged: at line {error.lineno}, column {error.colno}, {error.msg}.", RESTORE
        ) from error
    except (RecursionError, ValueError) as error:
        raise CourseError(f"{name} is damaged: it is not the JSON of a notebook.", RESTORE) from error


def _without_cells(document: Any, name: str) -> CourseError:
    if isinstance(document, dict) and "worksheets" in document:
        return CourseError(
            f"{name} is a notebook in an old format (version 3).", "Open it in Jupyter and save it."
        )
    return CourseError(f"{name} is JSON, but has no cells: it is not a notebook.", RESTORE)
