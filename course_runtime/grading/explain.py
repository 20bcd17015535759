"""A failure of the student's code, in words: what happened, where in their file, what to do, what they printed."""

from __future__ import annotations

import re
from collections.abc import Callable

from course_runtime.course import SyntaxProblem
from course_runtime.grading.bounded import bounded
from course_runtime.grading.refusals import refusal
from course_runtime.grading.render.text import safe
from course_runtime.sandbox import Answer, Failure, Frame

LONGEST_PRINTED = 2_000
MOST_FRAMES = 6
PROGRESS = re.compile(r".*\d+%\|.*\| .*\[.*\]")
"""A progress bar as libraries draw it: of no use to whom it is over for."""
AZURES = re.compile(
    r"(?P<once>\((?P<code>\w+)\) (?P<said>.*))\nCode: (?P=code)\nMessage: (?P=said)", re.DOTALL
)
"""An error of azure-core's, which tells everything twice."""
LOOK_AROUND = 100
Place = Callable[[str, int], str]
"""Where a line of a file is, in the words of whoever wrote it."""


def explain(answer: Answer, words: str, place: Place) -> str:
    """`words` name what was asked; `place` tells where a line of a checked file is in their own."""
    failure = answer.failure
    assert failure is not None
    parts = [
        bounded(_sentence(failure, words, place)),
        refusal(failure),
        _frames(failure, place),
        _printed(answer),
    ]
    return bounded(safe("\n".join(part for part in parts if part)))


def explain_syntax(problem: SyntaxProblem) -> str:
    """Where Python stopped reading, with a caret below the very character."""
    line, column = _around(problem.line_text.replace("\t", " "), problem.column - 1)
    return bounded(
        safe(f"Python cannot read {problem.place}: {problem.reason}.\n    {line}\n    {' ' * column}^")
    )


def _around(text: str, column: int) -> tuple[str, int]:
    """The line without its indentation; of one too long for any screen, what lies about the column."""
    line = text.strip()
    column = min(max(0, column - (len(text) - len(text.lstrip()))), len(line))
    if len(line) <= 2 * LOOK_AROUND:
        return line, column
    start = max(0, column - LOOK_AROUND)
    return line[start : column + LOOK_AROUND], column - start


def _sentence(failure: Failure, words: str, place: Place) -> str:
    told = _TELLERS.get(failure.kind, _ended)
    return told(failure, words, place)


def _raised(failure: Failure, words: str, _: Place) -> str:
    if failure.type == "NotImplementedError" and failure.message.startswith("TODO"):
        return f"{words} reached {failure.message!r}: this part is still to be written."
    return f"{words} raised {failure.type}: {_once(failure.message)}".rstrip(": ")


def _once(message: str) -> str:
    found = AZURES.fullmatch(message.strip())
    return found["once"] if found else message


def _unreadable(failure: Failure, words: str, _: Place) -> str:
    return f"{words} could not be read by Python: {failure.message}"


def _left(failure: Failure, words: str, _: Place) -> str:
    return f"{words} ended the program ({failure.message}) instead of returning; take out the exit."


def _too_late(failure: Failure, words: str, place: Place) -> str:
    limit = failure.message.removeprefix("no answer after ").partition(" seconds")[0] + " seconds"
    if not failure.frames:
        return f"{words} gave no answer within {limit}, and was ended."
    line = _line(failure.frames[-1], place)
    return (
        f"{words} was not done after {limit}, and was ended. It was still at\n{line}\n"
        "Is there a loop that never ends, or a wait for something that does not come?"
    )


def _too_large(failure: Failure, words: str, _: Place) -> str:
    said = f" ({failure.message})" if failure.message else ""
    return f"{words} needed more memory than there is{said}. Keep less at a time: read and work in pieces."


def _ended(failure: Failure, words: str, _: Place) -> str:
    return f"{words}: {failure.message}"


_TELLERS: dict[str, Callable[[Failure, str, Place], str]] = {
    "exception": _raised,
    "syntax": _unreadable,
    "exit": _left,
    "timeout": _too_late,
    "memory": _too_large,
}


def _frames(failure: Failure, place: Place) -> str:
    """Their own lines, outermost first."""
    if failure.kind == "timeout":
        return ""
    lines = [_line(frame, place) for frame in failure.frames[-MOST_FRAMES:]]
    earlier = len(failure.frames) - len(lines)
    return "\n".join([f"  ({earlier} earlier calls)", *lines] if earlier else lines)


def _line(frame: Frame, place: Place) -> str:
    inside = f", in {frame.function}" if frame.function else ""
    return f"  {place(frame.file, frame.line)}{inside}:  {frame.text.strip()[: 2 * LOOK_AROUND]}"


def _printed(answer: Answer) -> str:
    every = [safe(line) for line in (answer.stdout + answer.stderr).splitlines()]
    printed = "\n".join(line for line in every if not PROGRESS.fullmatch(line)).strip()
    if not printed:
        return ""
    shown = printed[-LONGEST_PRINTED:]
    cut = "" if shown == printed else f" (the last {LONGEST_PRINTED} of {len(printed)} characters)"
    return f"It printed{cut}:\n" + "\n".join(f"  {line}" for line in shown.splitlines())
