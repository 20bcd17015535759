"""Wheat (other right answers) and chaff (wrong ones): files that hold only the regions they change."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from course_runtime.course.errors import CourseError
from course_runtime.course.model import Module
from course_runtime.course.regions import (
    BEGIN,
    CELL,
    Region,
    body,
    by_todo,
    find_regions,
    regions,
    replace_lines,
)
from course_runtime.course.render import solution_text

EXTRA = re.compile(r"^# %% extra\b")
HEADER = re.compile(r"^#\s*(chaff|why|file)\s*:\s*(.*)$")
TODO_ID = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class Variant:
    kind: str
    name: str
    path: Path
    file: str
    todos: tuple[str, ...]
    why: str
    text: str


def load_variants(module: Module, kind: str) -> list[Variant]:
    """kind is "wheat" or "chaff"."""
    return [_load(module, kind, path) for path in sorted((module.folder / kind).glob("*.py"))]


def variant_sources(module: Module, changed: Variant) -> dict[str, str]:
    """Every source of the module as this variant's author would hand it in."""
    sources = solution_sources(module)
    if changed.file not in sources:
        raise CourseError(
            f"{changed.path} changes {changed.file}, which {module.short} does not list.",
            f"Name one of: {', '.join(sources)}.",
        )
    sources[changed.file] = variant(sources[changed.file], changed.text, str(changed.path))
    return sources


def solution_sources(module: Module) -> dict[str, str]:
    return {name: solution_text(read_source(module, name), name) for name in module.files}


def read_source(module: Module, name: str) -> str:
    path = module.folder / name
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}.", "Mend it, or take it out of files.") from error


def variant(solution: str, change: str, name: str = "variant") -> str:
    """The solution with the change's regions in place of its own."""
    targets = by_todo(find_regions(solution))
    edits: list[tuple[int, int, list[str]]] = []
    for todo, replacements in by_todo(regions(change, name)).items():
        if len(replacements) > len(targets.get(todo, [])):
            raise CourseError(
                f"{name} has {len(replacements)} region(s) for TODO {todo};"
                f" the solution has {len(targets.get(todo, []))}.",
                "A variant may only change regions that the solution has.",
            )
        for new, old in zip(replacements, targets[todo], strict=False):
            edits.append((old.body_start, old.end, _moved(body(change, new), new, old)))
    extra = _extra_code(change)
    if extra:
        line = _line_after_imports(solution)
        edits.append((line, line, ["", *extra, ""]))
    return replace_lines(solution, edits)


def _moved(lines: list[str], new: Region, old: Region) -> list[str]:
    if new.indent == old.indent:
        return lines
    return [old.indent + line.removeprefix(new.indent) if line.strip() else "" for line in lines]


def _extra_code(change: str) -> list[str]:
    taken = {line for region in find_regions(change) for line in range(region.start, region.end + 1)}
    extra: list[str] = []
    inside = False
    for number, line in enumerate(change.split("\n")):
        if CELL.match(line):
            inside = EXTRA.match(line) is not None
        elif inside and number not in taken:
            extra.append(line)
    while extra and not extra[-1].strip():
        extra.pop()
    return extra


def _line_after_imports(solution: str) -> int:
    tree = ast.parse(solution)
    inside = {line + 1 for region in find_regions(solution) for line in range(region.start, region.end)}
    ends = [
        node.end_lineno or node.lineno
        for position, node in enumerate(tree.body)
        if node.lineno not in inside
        and (isinstance(node, (ast.Import, ast.ImportFrom)) or (position == 0 and _is_docstring(node)))
    ]
    if ends:
        return max(ends)
    first = _first_line(tree.body[0]) if tree.body else 1
    return 0 if first in inside else first - 1


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)])


def _is_docstring(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _load(module: Module, kind: str, path: Path) -> Variant:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} cannot be read: {error}.", "Save it as UTF-8 text.") from error
    header = _header(text)
    return Variant(
        kind=kind,
        name=path.stem,
        path=path,
        file=header.get("file") or _file_by_name(module, path),
        todos=tuple(TODO_ID.findall(header.get("chaff", ""))),
        why=header.get("why", ""),
        text=text,
    )


def _header(text: str) -> dict[str, str]:
    """The leading comment's `key: value` lines; a plain comment line below one goes on with it."""
    found: dict[str, str] = {}
    key = ""
    for line in text.split("\n"):
        if not line.startswith("#") or CELL.match(line) or BEGIN.match(line):
            break
        if match := HEADER.match(line):
            key = match.group(1)
            found[key] = match.group(2).strip()
        elif key:
            found[key] = f"{found[key]} {line.lstrip('# ').strip()}".strip()
    return found


def _file_by_name(module: Module, path: Path) -> str:
    """late.extract.py is a variant of extract.py."""
    for name in module.files:
        if path.name.endswith(f".{Path(name).name}"):
            return name
    return module.main_file
