"""The student's side: one question at a time is read from the wire and answered on it."""

from __future__ import annotations

import faulthandler
import os
import random
import signal
import socket
import sys
import warnings
from typing import Any

from . import tables, wire
from .scripts import flush
from .stack_dump import Watch
from .student import Student
from .tracebacks import failure_fields, guarded, output_fields
from .values import Decoder, Encoder, NotPlain
from .wire import WireFrame
from .work_files import WorkFiles

MOST_WARNINGS = 1000
MOST_WARNING_TEXT = 1_000_000


def serve(channel: socket.socket, traces: int, work_directory: str) -> None:
    """Answer until the trusted side hangs up. What the student forks off never gets past its first return."""
    worker_pid = os.getpid()
    os.register_at_fork(after_in_child=channel.close)
    prepare(traces, work_directory)
    recorded = record_warnings()
    student = Student(WorkFiles(work_directory))
    watch = Watch(traces)
    while True:
        try:
            packed = answer(student, wire.receive(channel), recorded, watch)
            if os.getpid() != worker_pid:
                os._exit(0)
            wire.send(channel, packed)
        except wire.Ended:  # by the trusted side, or by a student who closed what is not theirs
            return


def prepare(traces: int, work_directory: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    faulthandler.enable(file=traces)
    for name, stream in {"stdin": _text(0, "r"), "stdout": _text(1, "w"), "stderr": _text(2, "w")}.items():
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    sys.argv = [""]
    sys.path.insert(0, work_directory)
    random.seed()
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()


def _text(descriptor: int, mode: str) -> Any:
    return os.fdopen(
        descriptor, mode, buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False
    )


def record_warnings() -> list[str]:
    """Warnings go to their own list: they are neither output nor, ever, a fault."""
    recorded: list[str] = []

    def record(message: Any, category: Any, filename: str, lineno: int, *_: Any, **__: Any) -> None:
        if len(recorded) < MOST_WARNINGS and sum(map(len, recorded)) < MOST_WARNING_TEXT:
            recorded.append(guarded(lambda: f"{category.__name__}: {message} ({filename}:{lineno})"))

    warnings.showwarning = record
    return recorded


def answer(student: Student, question: WireFrame, recorded: list[str], watch: Watch) -> bytes:
    content = question.content
    recorded.clear()
    watch.start(content["seconds"])
    try:
        value, blobs, failure = attempt(student, question)
    finally:
        watch.stop()
        flush()
    fields = {"nonce": content["nonce"], "value": value, "failure": failure, "warnings": list(recorded)}
    try:
        return wire.pack(fields, blobs)
    except NotPlain as problem:
        return wire.pack({**fields, "value": None, "failure": output_fields(str(problem))}, [])


Attempt = tuple[Any, list[bytes], "dict[str, Any] | None"]


def attempt(student: Student, question: WireFrame) -> Attempt:
    """The encoded value with its blobs, or the fields of a failure. Nothing the student raises gets out."""
    try:
        decoder = Decoder(question.blobs, handle=student.kept_object, table=tables.Table.to_pandas)
        fields = decoder.decode(question.content["fields"])
        value = student.operations[question.content["operation"]](**fields)
        encoder = Encoder(student.keep)
        return encoder.encode(value), encoder.blobs, None
    except NotPlain as problem:
        return None, [], output_fields(str(problem))
    except BaseException as problem:  # noqa: BLE001 - it is the student's, and reported
        return None, [], _described(problem, student)


def _described(problem: BaseException, student: Student) -> dict[str, Any]:
    try:
        return failure_fields(problem, student.is_own)
    except BaseException:  # noqa: BLE001 - an exception made to resist
        return output_fields("the code raised an exception that cannot be described")
