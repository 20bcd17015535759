"""The grader process: trusted, pytest already imported, forks one child a check.

It also keeps the zygotes: one for each import set that a module has asked for.

    python -m course_runtime.grading.grader --state FOLDER --parent PID
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any

from course_runtime.course import Catalogue, CourseError, load_catalogue
from course_runtime.emulator import EmulatorClient, EmulatorUnavailable, Places
from course_runtime.grading.checking import Tools, run_check
from course_runtime.grading.client_gone import ClientGone, end_with_client
from course_runtime.grading.failures import KitError
from course_runtime.grading.lines import receive_line, send_line
from course_runtime.grading.request import CheckRequest
from course_runtime.grading.warm import warm_session, warm_tables
from course_runtime.sandbox import SandboxError, Zygote, has_tables

LONGEST_CHECK = 600
SECONDS_TO_TRY_AGAIN = 30.0


class Grader:
    def __init__(self, places: Places) -> None:
        self._places = places
        self._zygotes: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, float] = {}

    def serve(self, listener: socket.socket, parent: int) -> None:
        """Until the parent ends: nothing of the background outlives it."""
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        try:
            while os.getppid() == parent:
                readable, _, _ = select.select([listener], [], [], 1.0)
                self._reap()
                self._revive()
                if readable:
                    connection, _ = listener.accept()
                    self._fork_check(connection, listener)
        finally:
            self._end_zygotes()

    def _end_zygotes(self) -> None:
        """And wait for it: the next background's must find their sockets free."""
        for process in self._zygotes.values():
            process.terminate()
        for process in self._zygotes.values():
            process.wait()

    def _revive(self) -> None:
        """A zygote ends at once while one of a background that was killed still holds its socket: try again."""
        for imports, process in self._zygotes.items():
            young = time.monotonic() - self._started[imports] < SECONDS_TO_TRY_AGAIN
            if young and process.poll() == 0:
                self._zygotes[imports] = Zygote.start(imports, self._places.zygote_socket(imports))

    def _fork_check(self, connection: socket.socket, listener: socket.socket) -> None:
        """The zygote is started here, by the parent: its children must not be a check's children."""
        with connection:
            request = _request(connection)
            if request is None:
                return
            catalogue = _catalogue(request)
            if isinstance(catalogue, Catalogue):
                self._start_zygote(catalogue.module(request.module).imports)
            if os.fork():
                return
            listener.close()
            try:
                self._check(connection, request, catalogue)
            finally:
                os._exit(0)  # whatever happened: the child must not go on as a second grader

    def _check(
        self, connection: socket.socket, request: CheckRequest, catalogue: Catalogue | dict[str, Any]
    ) -> None:
        """The forked child's whole life."""
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.alarm(LONGEST_CHECK)
        with contextlib.suppress(ClientGone, OSError):
            end_with_client(connection)
            if isinstance(catalogue, Catalogue):
                send_line(connection, answer(request, catalogue, self._places))
            else:
                send_line(connection, catalogue)

    def _start_zygote(self, imports: str) -> None:
        running = self._zygotes.get(imports)
        if running is None or running.poll() is not None:
            self._started[imports] = time.monotonic()
            self._zygotes[imports] = Zygote.start(imports, self._places.zygote_socket(imports))
            if has_tables(imports):
                warm_tables()  # takes less long than the zygote's own imports
                leave_to_children()

    def _reap(self) -> None:
        zygotes = {process.pid for process in self._zygotes.values()}
        for process in self._zygotes.values():
            process.poll()
        with contextlib.suppress(ChildProcessError):
            while True:
                done = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
                if done is None or done.si_pid in zygotes:
                    return
                os.waitpid(done.si_pid, 0)


def _catalogue(request: CheckRequest) -> Catalogue | dict[str, Any]:
    """The course that has the module; where there is none, what its check is answered."""
    try:
        catalogue = load_catalogue(request.content_root)
        catalogue.module(request.module)
    except CourseError as error:
        return _kit_problem(error.message, error.next_step)
    return catalogue


def answer(request: CheckRequest, catalogue: Catalogue, places: Places) -> dict[str, Any]:
    """The result of a check, or why there is none, as JSON."""
    try:
        imports = catalogue.module(request.module).imports
        zygote = Zygote(places.zygote_socket(imports))
        tools = Tools(EmulatorClient(places), zygote)
        return {"result": run_check(request, catalogue, tools).as_json()}
    except CourseError as error:
        return _kit_problem(error.message, error.next_step, refused=True)
    except KitError as error:
        return _kit_problem(error.message, error.next_step)
    except SandboxError as error:
        return _kit_problem(f"The sandbox could not be started: {error}", "Run `workshop doctor`.")
    except EmulatorUnavailable as error:
        return _kit_problem(str(error), "Run `workshop emulator stop`, then check again.")
    except Exception as error:  # noqa: BLE001 (a fault of ours: told in words, and whole in the log)
        traceback.print_exc()
        message = f"The kit itself broke: {type(error).__name__}: {error}."
        return _kit_problem(
            message, f"This is not your fault. The whole story is at the end of {places.log}."
        )


def grader_socket(places: Places) -> Path:
    return places.runtime / "grader.sock"


def _request(connection: socket.socket) -> CheckRequest | None:
    connection.settimeout(10)
    try:
        document = receive_line(connection)
        return CheckRequest.from_json(document)
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _kit_problem(message: str, next_step: str, *, refused: bool = False) -> dict[str, Any]:
    """`refused`: it is the submission that cannot be read, not the kit that cannot go on."""
    return {"problem": {"message": message, "next_step": next_step, "refused": refused}}


def warm_up(places: Places) -> None:
    """Import what every check needs, and run pytest once."""
    import pytest

    warm_session(pytest, places.runtime / "warm")
    leave_to_children()


def leave_to_children() -> None:
    """What is here by now stays: no child need look through it for garbage."""
    gc.collect()
    gc.freeze()


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    # Named, not looked up: a parent that was killed at once would not be found any more.
    parser.add_argument("--parent", type=int, required=True)
    options = parser.parse_args()
    places = Places.of(options.state)
    path = grader_socket(places)
    with contextlib.suppress(FileNotFoundError):
        path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(str(path))
    path.chmod(0o600)
    listener.listen(64)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up(places)
    # Not before: pytest's warm-up session would take the exit for its own, and go on.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    Grader(places).serve(listener, options.parent)
    return 0


if __name__ == "__main__":
    sys.exit(main())
