"""How a command asks for a check: over the grader's socket, one JSON line each way."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any

from course_runtime.emulator import Places
from course_runtime.grading.background import ensure_background
from course_runtime.grading.failures import KitError, SubmissionRefused
from course_runtime.grading.lines import receive_line, send_line
from course_runtime.grading.request import CheckRequest as CheckRequest
from course_runtime.grading.result import Result

SECONDS_TO_CONNECT = 20.0
LONGEST_CHECK = 660.0


def check(request: CheckRequest, places: Places) -> Result:
    """Have one submission graded. Raises KitError when the kit could not."""
    return PendingCheck(request, places).result()


class PendingCheck:
    """A check that another thread may call off: the grader then ends it, with its worker and its cloud."""

    def __init__(self, request: CheckRequest, places: Places) -> None:
        self._request = request
        self._places = places
        self._connection: socket.socket | None = None
        self._lock = threading.Lock()
        self.cancelled = False

    def result(self) -> Result:
        _, notes = ensure_background(self._places)
        with _connect(self._places) as connection:
            with self._lock:
                self._connection = None if self.cancelled else connection
            if self.cancelled:
                raise KitError("The check was called off.")
            reply = self._ask(connection)
        if "problem" in reply:
            problem = reply["problem"]
            kind = SubmissionRefused if problem["refused"] else KitError
            raise kind(problem["message"], problem["next_step"])
        result = Result.from_json(reply["result"])
        result.notes = notes + result.notes
        return result

    def cancel(self) -> None:
        """`result` then raises KitError, unless it has its answer already."""
        with self._lock:
            self.cancelled = True
            if self._connection is not None:
                with contextlib.suppress(OSError):
                    self._connection.shutdown(socket.SHUT_RDWR)

    def _ask(self, connection: socket.socket) -> dict[str, Any]:
        try:
            send_line(connection, self._request.as_json())
            connection.settimeout(LONGEST_CHECK)
            return receive_line(connection)
        except (OSError, ValueError):
            raise KitError(
                "The grader ended before it had an answer.",
                f"Check again; if it happens again, look at the end of {self._places.log}.",
            ) from None
        finally:
            with self._lock:
                self._connection = None


def _connect(places: Places) -> socket.socket:
    """The grader comes up a moment after the emulator."""
    path = str(places.runtime / "grader.sock")
    deadline = time.monotonic() + SECONDS_TO_CONNECT
    while True:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(path)
            return connection
        except OSError:
            connection.close()
            if time.monotonic() > deadline:
                raise KitError(
                    "The grader does not answer.", "Run `workshop emulator stop`, then check again."
                ) from None
            time.sleep(0.01)
