"""Runs in the jail: the processes of one job, each a fork of the warm worker, or a shell in place of one."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from course_runtime.sandbox import import_guard
from course_runtime.sandbox.scripts import run_as_main

SHELL = "/bin/bash"


def run(plan: Mapping[str, Any]) -> list[int]:
    """The exit codes of all ranks, negative for signals. The first that fails takes the others along."""
    pids = [_start(plan, rank) for rank in plan["ranks"]]
    codes = dict.fromkeys(pids, -signal.SIGKILL)
    waiting = set(pids)
    while waiting:
        pid, status = os.wait()
        if pid not in waiting:
            continue  # what a rank has left behind
        waiting.discard(pid)
        codes[pid] = os.waitstatus_to_exitcode(status)
        if codes[pid] != 0:
            for other in waiting:
                os.kill(other, signal.SIGTERM)
    return list(codes.values())


def _start(plan: Mapping[str, Any], rank: Mapping[str, Any]) -> int:
    pid = os.fork()
    if pid == 0:
        _become(plan, rank)
    return pid


def _become(plan: Mapping[str, Any], rank: Mapping[str, Any]) -> NoReturn:
    code = 1
    try:
        os.chdir(plan["folder"])
        os.environ.update(rank["variables"])
        _write_to(rank["log"])
        if plan["script"]:
            _run_script(plan["script"], plan["arguments"], plan["hidden"])
        _run_shell(plan["command"], plan["guard"])
    except OSError as problem:
        os.write(2, f"The command could not be started: {problem}\n".encode())
        code = 127
    finally:
        os._exit(code)


def _write_to(log: str) -> None:
    descriptor = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    os.close(descriptor)


def _run_script(
    script: str, arguments: Sequence[str], hidden: Mapping[str, Sequence[str]] | None
) -> NoReturn:
    folder = Path.cwd()
    if not (folder / script).exists():  # as the interpreter says it
        path = str(folder / script)
        os.write(2, f"python: can't open file {path!r}: [Errno 2] No such file or directory\n".encode())
        os._exit(2)
    if hidden is not None:
        import_guard.install(hidden)
    run_as_main(
        script, arguments, lambda file: not file.startswith("<") and folder in Path(folder, file).parents
    )


def _run_shell(command: str, guard: str) -> NoReturn:
    if guard:
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [guard, os.environ.get("PYTHONPATH", "")]))
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    os.execv(SHELL, [SHELL, "-c", command])
