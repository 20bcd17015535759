"""From the one source: the exercise a student gets, and the solution as it runs."""

from __future__ import annotations

import ast
import json

from course_runtime.course.errors import CourseError
from course_runtime.course.regions import EXERCISE, Region, body, regions, replace_lines


def solution_text(source: str, name: str = "exercise.py") -> str:
    """The source without its `# EXERCISE:` lines."""
    return replace_lines(
        source,
        [
            (
                region.body_start,
                region.end,
                [line for line in body(source, region) if not EXERCISE.match(line)],
            )
            for region in regions(source, name)
        ],
    )


def exercise_text(source: str, name: str = "exercise.py") -> str:
    """The source with each solution replaced by its placeholder."""
    found = regions(source, name)
    owners = _owners(source, name) if found else []
    return replace_lines(
        source,
        [(region.body_start, region.end, _placeholder(source, region, name, owners)) for region in found],
    )


def _placeholder(source: str, region: Region, name: str, owners: list[ast.stmt]) -> list[str]:
    given = [match for line in body(source, region) if (match := EXERCISE.match(line))]
    if given:
        return [f"{match.group(1)}{match.group(2)}" if match.group(2) else "" for match in given]
    if not _in_function(region, owners):
        raise CourseError(
            f"{name}, line {region.start + 1}: TODO {region.todo} is not inside a function and has no"
            " placeholder.",
            "Add a line like `# EXERCISE: value = ...` inside the region: the exercise will hold its code.",
        )
    task = json.dumps(f"TODO {region.todo}: {region.title}", ensure_ascii=False)
    return [f"{region.indent}raise NotImplementedError({task})"]


def _owners(source: str, name: str) -> list[ast.stmt]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise CourseError(f"{name} does not compile: {error}.", "Mend the source.") from error
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [node for node in ast.walk(tree) if isinstance(node, kinds)]


def _in_function(region: Region, owners: list[ast.stmt]) -> bool:
    line = region.start + 1
    around = [
        node
        for node in owners
        if node.lineno < line <= (node.end_lineno or 0) and node.col_offset < len(region.indent)
    ]
    innermost = max(around, key=lambda node: node.lineno, default=None)
    return innermost is not None and not isinstance(innermost, ast.ClassDef)
