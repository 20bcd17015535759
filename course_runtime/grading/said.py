"""What a script said before it ended, cut to what its author can use: their own lines, and the error."""

from __future__ import annotations

import re

from course_runtime.grading.refusals import refusal_in
from course_runtime.sandbox import Answer

LINES = 12
FRAME = re.compile(r'  File "(?P<file>.+?)", line \d+')
INSIDE_A_FRAME = "    "
MARKS = re.compile(r"[\s^~]+")
"""Below a frame's line. A terminal of eighty columns breaks them off the line that they mark."""
LIBRARIES = re.compile(r"/site-packages/|/lib/python3|\.pyx$|^<frozen ")


def last_said(answer: Answer) -> str:
    """The end of what a script wrote; where the sandbox stood in its way, also what to do about that."""
    said = last_lines(answer.stdout + answer.stderr)
    return "\n".join(part for part in (said, refusal_in(said)) if part)


def last_lines(text: str, lines: int = LINES) -> str:
    """The end of a text, in which tracebacks have no frames of libraries."""
    return "\n".join(_without_libraries(text.strip().splitlines())[-lines:])


def _without_libraries(lines: list[str]) -> list[str]:
    kept = []
    in_frame = in_library = False
    for line in lines:
        frame = FRAME.match(line)
        if frame:
            in_frame, in_library = True, bool(LIBRARIES.search(frame["file"]))
        elif not line.startswith(INSIDE_A_FRAME):
            in_frame = in_library = False
        if not in_library and not (in_frame and MARKS.fullmatch(line)):
            kept.append(line)
    return kept
