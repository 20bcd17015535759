"""A module's README.md in short: each section's heading, and the paragraph that it begins with."""

from __future__ import annotations

import re
from dataclasses import dataclass

HEADING = re.compile(r"##\s+(.+?)\s*$")
FENCE = "```"
NO_PROSE = re.compile(r"\||>|#|!\[|[-*+]\s|\d+[.)]\s| {4}|\t")


@dataclass(frozen=True)
class TalkingPoint:
    """Two sentences or more: the heading ends like one, and so does the text, whatever follows it in the lesson."""

    heading: str
    text: str


def talking_points(readme: str) -> list[TalkingPoint]:
    """One for each section of the second level; `text` is empty where a section has no prose."""
    sections: list[tuple[str, list[str]]] = []
    for line in _without_fences(readme.splitlines()):
        if heading := HEADING.match(line):
            sections.append((heading.group(1), []))
        elif sections:
            sections[-1][1].append(line)
    return [TalkingPoint(_ended(heading), _ended(_first_paragraph(lines))) for heading, lines in sections]


def _without_fences(lines: list[str]) -> list[str]:
    """Code blocks leave an empty line: what stands around one is not one paragraph."""
    kept: list[str] = []
    inside = False
    for line in lines:
        fence = line.lstrip().startswith(FENCE)
        inside = inside != fence
        kept.append("" if inside or fence else line)
    return kept


def _first_paragraph(lines: list[str]) -> str:
    paragraph: list[str] = []
    for line in lines:
        if line.strip() and not NO_PROSE.match(line):
            paragraph.append(line.strip())
        elif paragraph:
            break
    return " ".join(paragraph)


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".?!" else f"{text.rstrip(':')}."
