"""The failures that the trusted side finds: no answer in time, no worker any more, an answer that is none."""

from __future__ import annotations

import signal

from . import stack_dump
from .answers import Failure, Frame
from .limits import Limits
from .spec import WORK_DIRECTORY


class OwnSources:
    """The student's sources by file name, as they were given to the worker."""

    def __init__(self) -> None:
        self._lines: dict[str, list[str]] = {}

    def add(self, filename: str, source: str) -> None:
        self._lines[filename] = source.splitlines()

    def is_own(self, filename: str) -> bool:
        return filename in self._lines or filename.startswith(f"{WORK_DIRECTORY}/")

    def text(self, filename: str, line: int) -> str:
        lines = self._lines.get(filename, [])
        return lines[line - 1].strip() if 0 < line <= len(lines) else ""


def timeout(seconds: float, traces: str, sources: OwnSources) -> Failure:
    frames = _last_frame(traces, sources)
    where = f" It was in {_words(frames[0])}." if frames else ""
    return Failure("timeout", "TimeoutError", f"no answer after {seconds:g} seconds.{where}", frames)


def died(ending: dict[str, int], traces: str, sources: OwnSources, limits: Limits) -> Failure:
    if "out_of_memory" in ending:
        return Failure("memory", "MemoryError", f"more than {limits.jail_memory_mb} MB were used in all")
    frames = _last_frame(traces, sources)
    where = f" It was in {_words(frames[0])}." if frames else ""
    return Failure(
        "died", "", f"the process ended without an answer: {_reason(ending, limits)}.{where}", frames
    )


def malformed(problem: Exception) -> Failure:
    return Failure("malformed", "", f"what came back is not an answer: {problem}. The process was killed.")


def already_ended() -> Failure:
    return Failure(
        "died", "", "the process had already ended, in an earlier question; start a new worker to go on"
    )


def _last_frame(traces: str, sources: OwnSources) -> list[Frame]:
    found = stack_dump.where(traces, sources.is_own)
    if found is None:
        return []
    file, line, function = found
    return [Frame(file, line, function, sources.text(file, line))]


def _words(frame: Frame) -> str:
    return f"{frame.file}, line {frame.line}, {frame.function}: {frame.text}".removesuffix(": ")


def _reason(ending: dict[str, int], limits: Limits) -> str:
    if "exit" in ending:
        return f"it left with exit code {ending['exit']}, by os._exit or the like"
    number = ending.get("signal")
    if number is None:
        return "it closed its connection and was killed"
    if number == signal.SIGXCPU:
        return f"it used all of its {limits.cpu_seconds} seconds of processor time (SIGXCPU)"
    if number == signal.SIGKILL:
        return "it was killed (SIGKILL), by itself, by the processor limit, or because memory ran out"
    return f"signal {number} ({_signal_name(number)})"


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return "unknown"
