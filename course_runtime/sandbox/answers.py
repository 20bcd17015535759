"""What a question to a worker comes back as, and the check of every field that an answer must pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from .values import Decoder, Handle, Malformed
from .wire import WireFrame

FailureKind = Literal["exception", "syntax", "timeout", "memory", "exit", "died", "malformed", "output"]
FROM_STUDENT = ("exception", "syntax", "memory", "exit", "output")
MOST_FRAMES = 200
MOST_WARNINGS = 1000
LONGEST_TEXT = 200_000  # the worker cuts its own at half of that; what is longer was not written by it


@dataclass(frozen=True)
class Frame:
    """One line of the student's own files that a failure went through."""

    file: str
    line: int
    function: str
    text: str


@dataclass(frozen=True)
class Failure:
    kind: FailureKind
    type: str
    message: str
    frames: list[Frame] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """Either `ok` with a value of plain data, or a failure. What was printed is never evidence."""

    ok: bool
    value: Any = None
    failure: Failure | None = None
    stdout: str = ""
    stderr: str = ""
    warnings: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class Reply:
    """The part of an answer that the student's side wrote."""

    value: Any
    failure: Failure | None
    warnings: list[str]


def read_reply(frame: WireFrame, nonce: str) -> Reply:
    content = frame.content
    if set(content) != {"nonce", "value", "failure", "warnings"} or content["nonce"] != nonce:
        raise Malformed("the answer does not belong to the question that was asked")
    decoder = Decoder(frame.blobs, handle=handle_from, table=lambda table: table)
    warnings = [_text(warning, decoder) for warning in _list(content["warnings"], MOST_WARNINGS)]
    failure = None if content["failure"] is None else failure_from(content["failure"], decoder)
    return Reply(decoder.decode(content["value"]), failure, warnings)


def handle_from(fields: dict[str, Any]) -> Handle:
    number, kind, words = fields["id"], fields["type"], fields["repr"]
    if type(number) is not int or type(kind) is not str or type(words) is not str:
        raise Malformed("a handle's fields are not what they should be")
    return Handle(number, *(text.encode("utf-8", "replace").decode() for text in (kind, words)))


def failure_from(fields: Any, decoder: Decoder | None = None) -> Failure:
    decoder = decoder or Decoder(memoryview(b""), handle=handle_from, table=lambda table: table)
    if type(fields) is not dict or set(fields) != {"kind", "type", "message", "frames"}:
        raise Malformed("a failure's fields are not what they should be")
    if fields["kind"] not in FROM_STUDENT:
        raise Malformed("a failure is of no kind that a worker may report")
    frames = [_frame(entry, decoder) for entry in _list(fields["frames"], MOST_FRAMES)]
    return Failure(fields["kind"], _text(fields["type"], decoder), _text(fields["message"], decoder), frames)


def _frame(fields: Any, decoder: Decoder) -> Frame:
    if type(fields) is not dict or set(fields) != {"file", "line", "function", "text"}:
        raise Malformed("a frame's fields are not what they should be")
    if type(fields["line"]) is not int:
        raise Malformed("a frame's line is not a number")
    file, function, text = (_text(fields[name], decoder) for name in ("file", "function", "text"))
    return Frame(file, fields["line"], function, text)


def _list(content: Any, most: int) -> list[Any]:
    if type(content) is not list or len(content) > most:
        raise Malformed(f"a list of at most {most} was expected")
    return content


def _text(content: Any, decoder: Decoder) -> str:
    if type(content) is not str or len(content) > LONGEST_TEXT:
        raise Malformed(f"text of at most {LONGEST_TEXT} characters was expected")
    return str(decoder.decode(content))
