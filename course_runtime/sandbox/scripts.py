"""A script run as `python path argv…` would, in a fork of the worker: imports already made cost nothing."""

from __future__ import annotations

import json
import os
import runpy
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, NoReturn

from course_runtime.ending import before_the_end

from .tracebacks import IsOwn, failure_fields


def run_script(path: str, argv: Sequence[str], is_own: IsOwn) -> dict[str, Any]:
    """`exit_code`, negative for a signal, and `failure`: the fields of what it failed of, or None."""
    reading, writing = os.pipe()
    flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _run_and_leave(path, argv, is_own, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as report:
        failure = report.read()
    _, status = os.waitpid(child, 0)
    return {
        "exit_code": os.waitstatus_to_exitcode(status),
        "failure": json.loads(failure) if failure else None,
    }


def run_as_main(path: str, argv: Sequence[str], is_own: IsOwn) -> NoReturn:
    """Be that script from here on, and end as it does: for a process that was forked for it."""
    _run_and_leave(path, argv, is_own, None, file=str(Path.cwd() / path))  # as the interpreter names it


def flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BaseException:  # noqa: BLE001 - the student may have put anything there
            continue


def _run_and_leave(
    path: str, argv: Sequence[str], is_own: IsOwn, report: int | None, file: str = ""
) -> NoReturn:
    code = 1
    try:
        code, failure = _run(path, argv, is_own, file or path)
        if failure is not None and report is not None:
            os.write(report, json.dumps(failure).encode())
        before_the_end()
    finally:
        flush()
        os._exit(code & 0xFF)


def _run(path: str, argv: Sequence[str], is_own: IsOwn, file: str) -> tuple[int, dict[str, Any] | None]:
    sys.argv = [path, *argv]
    try:
        sys.path.insert(0, str(Path(path).resolve().parent))
        runpy.run_path(file, run_name="__main__")
        return 0, None
    except SystemExit as ending:
        return _exit_code(ending), None
    except BaseException as problem:  # noqa: BLE001 - it is the student's, and reported
        traceback.print_exception(type(problem), problem, _from_first_own(problem.__traceback__, is_own))
        return 1, failure_fields(problem, is_own)


def _exit_code(ending: SystemExit) -> int:
    if ending.code is None or isinstance(ending.code, int):
        return int(ending.code or 0)
    sys.stderr.write(f"{ending.code}\n")
    return 1


def _from_first_own(trace: TracebackType | None, is_own: IsOwn) -> TracebackType | None:
    while trace is not None and not is_own(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    return trace
