"""Finds the regions between `# TODO 4.2 …` and `# END TODO` in a percent-format source."""

from __future__ import annotations

import re
from dataclasses import dataclass

from course_runtime.course.errors import CourseError

BEGIN = re.compile(r"^([ \t]*)#[ \t]*TODO[ \t]+(\d+\.\d+)(?![\w.])[ \t:]*(.*?)[ \t]*$")
END = re.compile(r"^[ \t]*#[ \t]*END[ \t]+TODO\b")
EXERCISE = re.compile(r"^([ \t]*)# EXERCISE:(?: (.*))?$")
CELL = re.compile(r"^# %%(?!%)")
MARKDOWN_CELL = re.compile(r"^# %%.*\[(markdown|md|raw)\]")


@dataclass(frozen=True)
class Region:
    """Line numbers count from 0; the body is lines[body_start:end]."""

    todo: str
    title: str
    indent: str
    start: int
    body_start: int
    end: int


@dataclass(frozen=True)
class MarkerProblem:
    line: int
    message: str


def find_regions(text: str) -> list[Region]:
    """The whole regions, in order; damaged ones are left out."""
    return scan(text)[0]


def regions(text: str, name: str) -> list[Region]:
    """The regions of an author's source, which must be without fault."""
    found, problems = scan(text)
    if problems:
        said = " ".join(f"Line {problem.line}: {problem.message}." for problem in problems)
        raise CourseError(f"{name} has unbalanced TODO markers. {said}", "Pair each # TODO with # END TODO.")
    return found


def scan(text: str) -> tuple[list[Region], list[MarkerProblem]]:
    found: list[Region] = []
    problems: list[MarkerProblem] = []
    lines = text.split("\n")
    opened: tuple[int, re.Match[str]] | None = None
    in_markdown = False
    for number, line in enumerate(lines):
        if CELL.match(line):
            in_markdown = MARKDOWN_CELL.match(line) is not None
            if opened:
                problems.append(MarkerProblem(number + 1, f"a new cell inside TODO {opened[1].group(2)}"))
        elif in_markdown:
            continue
        elif begin := BEGIN.match(line):
            if opened:
                problems.append(_never_closed(opened))
            opened = (number, begin)
        elif END.match(line):
            if opened:
                found.append(_region(lines, *opened, end=number))
            else:
                problems.append(MarkerProblem(number + 1, "# END TODO without a # TODO above it"))
            opened = None
    if opened:
        problems.append(_never_closed(opened))
    return found, problems


def _never_closed(opened: tuple[int, re.Match[str]]) -> MarkerProblem:
    return MarkerProblem(opened[0] + 1, f"TODO {opened[1].group(2)} has no # END TODO")


def _region(lines: list[str], start: int, begin: re.Match[str], end: int) -> Region:
    body_start = start + 1
    while body_start < end and _is_instruction(lines[body_start]):
        body_start += 1
    indent, todo, title = begin.groups()
    return Region(todo, title, indent, start, body_start, end)


def _is_instruction(line: str) -> bool:
    return line.lstrip().startswith("#") and not EXERCISE.match(line)


def body(text: str, region: Region) -> list[str]:
    return text.split("\n")[region.body_start : region.end]


def by_todo(found: list[Region]) -> dict[str, list[Region]]:
    groups: dict[str, list[Region]] = {}
    for region in found:
        groups.setdefault(region.todo, []).append(region)
    return groups


def replace_lines(text: str, changes: list[tuple[int, int, list[str]]]) -> str:
    """Each change is (first line, line after the last, new lines); changes do not overlap."""
    lines = text.split("\n")
    for start, end, new in sorted(changes, key=lambda change: change[:2], reverse=True):
        lines[start:end] = new
    return "\n".join(lines)
