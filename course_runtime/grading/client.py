"""How a command asks for a check: over the grader's socket, one JSON line each way."""

from __future__ import annotations

import socket
import time

from course_runtime.emulator import Places
from course_runtime.grading.background import ensure_background
from course_runtime.grading.failures import KitError
from course_runtime.grading.lines import receive_line, send_line
from course_runtime.grading.request import CheckRequest as CheckRequest
from course_runtime.grading.result import Result

SECONDS_TO_CONNECT = 20.0
LONGEST_CHECK = 660.0


def check(request: CheckRequest, places: Places) -> Result:
    """Have one submission graded. Raises KitError when the kit could not."""
    _, notes = ensure_background(places)
    with _connect(places) as connection:
        send_line(connection, request.as_json())
        connection.settimeout(LONGEST_CHECK)
        try:
            reply = receive_line(connection)
        except (OSError, ValueError):
            raise KitError(
                "The grader ended before it had an answer.",
                f"Check again; if it happens again, look at the end of {places.log}.",
            ) from None
    if "problem" in reply:
        raise KitError(reply["problem"]["message"], reply["problem"]["next_step"])
    result = Result.from_json(reply["result"])
    result.notes = notes + result.notes
    return result


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
