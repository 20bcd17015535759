"""A failure of the student's code, in words: what happened, where in their file, what they printed."""

from __future__ import annotations

from collections.abc import Callable

from course_runtime.sandbox import Answer, Failure

LONGEST_PRINTED = 2_000


def explain(answer: Answer, words: str, place: Callable[[int], str]) -> str:
    """`words` name what was asked; `place` tells where a line of the checked source is in their own file."""
    failure = answer.failure
    assert failure is not None
    parts = [_sentence(failure, words), _frames(failure, place), _printed(answer)]
    return "\n".join(part for part in parts if part)


def _sentence(failure: Failure, words: str) -> str:
    if (
        failure.kind == "exception"
        and failure.type == "NotImplementedError"
        and failure.message.startswith("TODO")
    ):
        return f"{words} reached {failure.message!r}: this part is still to be written."
    if failure.kind == "exception":
        return f"{words} raised {failure.type}: {failure.message}".rstrip(": ")
    if failure.kind == "syntax":
        return f"{words} could not be read by Python: {failure.message}"
    if failure.kind == "exit":
        return f"{words} ended the program ({failure.message}) instead of returning; take out the exit."
    return f"{words}: {failure.message}"


def _frames(failure: Failure, place: Callable[[int], str]) -> str:
    """Their own lines, outermost first."""
    return "\n".join(
        f"  {place(frame.line)}, in {frame.function}:  {frame.text.strip()}" for frame in failure.frames[-6:]
    )


def _printed(answer: Answer) -> str:
    printed = (answer.stdout + answer.stderr).strip()
    if not printed:
        return ""
    shown = printed[-LONGEST_PRINTED:]
    cut = "" if shown == printed else f" (the last {LONGEST_PRINTED} characters)"
    return f"It printed{cut}:\n" + "\n".join(f"  {line}" for line in shown.splitlines())
