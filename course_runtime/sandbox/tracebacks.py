"""A student's exception as plain fields. Runs beside the student's code, whose objects may fight back."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Any

MOST_FRAMES = 50
LONGEST_TEXT = 100_000
IsOwn = Callable[[str], bool]


def failure_fields(problem: BaseException, is_own: IsOwn) -> dict[str, Any]:
    if isinstance(problem, SyntaxError) and is_own(problem.filename or ""):
        return _fields("syntax", problem, problem.msg, [_syntax_frame(problem)])
    frames = own_frames(problem.__traceback__, is_own)
    if isinstance(problem, SystemExit):
        code = guarded(lambda: repr(problem.code))
        return _fields("exit", problem, f"the code ended the program: exit({code})", frames)
    if isinstance(problem, MemoryError):
        return _fields("memory", problem, guarded(lambda: str(problem)) or "out of memory", frames)
    return _fields("exception", problem, guarded(lambda: str(problem)), frames)


def own_frames(trace: TracebackType | None, is_own: IsOwn) -> list[dict[str, Any]]:
    found = [entry for entry in traceback.extract_tb(trace) if is_own(entry.filename)]
    return [_frame(entry.filename, entry.lineno, entry.name, entry.line) for entry in found[-MOST_FRAMES:]]


def guarded(action: Callable[[], Any]) -> str:
    """The text `action` gives, or words saying that the student's own method failed to give one."""
    try:
        text = action()
    except BaseException as problem:  # noqa: BLE001 - the student's method may raise anything
        return f"<no text: {type(problem).__name__} was raised while making it>"
    plain = str.__str__(text)
    if len(plain) > LONGEST_TEXT:
        return f"{plain[:LONGEST_TEXT]}… ({len(plain)} characters in all)"
    return plain


def type_name(kind: type) -> str:
    module, name = type.__dict__["__module__"].__get__(kind), type.__dict__["__qualname__"].__get__(kind)
    return str(name) if module == "builtins" else f"{module}.{name}"


def output_fields(message: str) -> dict[str, Any]:
    return {"kind": "output", "type": "", "message": message, "frames": []}


def _fields(kind: str, problem: BaseException, message: str, frames: list[dict[str, Any]]) -> dict[str, Any]:
    name = guarded(lambda: type_name(type(problem)))
    return {"kind": kind, "type": name, "message": message, "frames": frames}


def _syntax_frame(problem: SyntaxError) -> dict[str, Any]:
    return _frame(problem.filename, problem.lineno, "", (problem.text or "").rstrip("\n"))


def _frame(file: str | None, line: int | None, function: str, text: str | None) -> dict[str, Any]:
    words = {"file": file or "", "function": function, "text": text or ""}
    return {name: guarded(lambda word=word: word) for name, word in words.items()} | {"line": line or 0}  # type: ignore[misc]
