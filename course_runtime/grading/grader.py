"""The grader process: trusted, pytest already imported. It hands each check to a session of the module's graders.

It keeps the sessions, one for each module that was asked for, and the zygotes, one for each import set.

    python -m course_runtime.grading.grader --state FOLDER --parent PID
"""

from __future__ import annotations

import argparse
import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import time
import traceback
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from course_runtime.course import Catalogue, CourseError, Module, load_catalogue
from course_runtime.emulator import EmulatorClient, EmulatorUnavailable, Places
from course_runtime.grading.checking import Tools, run_check
from course_runtime.grading.failures import KitError
from course_runtime.grading.lines import receive_line, send_line
from course_runtime.grading.plugin import Graders
from course_runtime.grading.request import CheckRequest
from course_runtime.grading.session import GraderSession, fork_session
from course_runtime.grading.stamp import stamp_of
from course_runtime.grading.warm import warm_tables
from course_runtime.sandbox import SandboxError, Zygote, has_tables

SECONDS_TO_TRY_AGAIN = 30.0
MOST_SESSIONS = 16


class Grader:
    def __init__(self, places: Places) -> None:
        self._places = places
        self._zygotes: dict[str, subprocess.Popen[bytes]] = {}
        self._started: dict[str, float] = {}
        self._sessions: dict[Path, GraderSession] = {}

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
                    with connection:
                        self._pass_on(connection, listener)
        finally:
            self._end_all()

    def _end_all(self) -> None:
        """And wait for the zygotes: the next background's must find their sockets free."""
        for session in self._sessions.values():
            session.end()
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

    def _pass_on(self, connection: socket.socket, listener: socket.socket) -> None:
        """To the session of its module; the zygote is started here: its children must not be a check's children."""
        request = _request(connection)
        if request is None:
            return
        try:
            catalogue = load_catalogue(request.content_root)
            module = catalogue.module(request.module)
        except CourseError as error:
            with contextlib.suppress(OSError):
                send_line(connection, _kit_problem(error.message, error.next_step))
            return
        self._start_zygote(module.imports)
        try:
            self._session(module, catalogue, connection, listener).hand_over(connection, request)
        except OSError:  # somebody has killed it
            self._sessions.pop(module.grader_folder).end()
            self._session(module, catalogue, connection, listener).hand_over(connection, request)

    def _session(
        self, module: Module, catalogue: Catalogue, connection: socket.socket, listener: socket.socket
    ) -> GraderSession:
        """Collected again when a module came or went, or a file of the graders has changed."""
        stamp = catalogue, stamp_of(sorted(module.grader_folder.rglob("*.py")))
        session = self._sessions.pop(module.grader_folder, None)
        if session is not None and session.stamp != stamp:
            session.end()
            session = None
        if session is None:
            others = [connection, listener, *(one.channel for one in self._sessions.values())]
            answers = partial(answer, catalogue, self._places)
            session = fork_session(module, stamp, answers, others)
        self._sessions[module.grader_folder] = session
        for folder in list(self._sessions)[:-MOST_SESSIONS]:  # those that were asked for least lately
            self._sessions.pop(folder).end()
        return session

    def _start_zygote(self, imports: str) -> None:
        running = self._zygotes.get(imports)
        if running is None or running.poll() is not None:
            self._started[imports] = time.monotonic()
            self._zygotes[imports] = Zygote.start(imports, self._places.zygote_socket(imports))
            if has_tables(imports):
                warm_tables()  # takes less long than the zygote's own imports

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


def answer(
    catalogue: Catalogue,
    places: Places,
    connection: socket.socket,
    request: CheckRequest,
    graders: Graders,
) -> None:
    """The result of a check, or why there is none; then what it leaves is cleared away."""
    with ExitStack() as afterwards:
        send_line(connection, _answer(catalogue, places, request, graders, afterwards))


def _answer(
    catalogue: Catalogue, places: Places, request: CheckRequest, graders: Graders, afterwards: ExitStack
) -> dict[str, Any]:
    try:
        zygote = Zygote(places.zygote_socket(catalogue.module(request.module).imports))
        tools = Tools(EmulatorClient(places), zygote, graders, afterwards)
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
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(0))
    Grader(places).serve(listener, options.parent)
    return 0


if __name__ == "__main__":
    sys.exit(main())
