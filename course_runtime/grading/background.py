"""The one background process: the emulator, and as its child the grader with its zygotes.

A user starts it without noticing. It ends when idle, may be killed at any time, and is replaced when it is
of another edition than the kit that finds it.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course_runtime import __version__
from course_runtime.edition import edition
from course_runtime.emulator import Places, PlaceUnusable, read_status
from course_runtime.grading.failures import KitError
from course_runtime.sandbox import jailed

IDLE_SECONDS = 1800.0
SECONDS_TO_START = 30.0
SECONDS_TO_STOP = 10.0


def ensure_background(places: Places, *, port: int | None = None) -> tuple[dict[str, Any], list[str]]:
    """The background's status, started if need be, and sentences about what had to be done."""
    notes: list[str] = []
    try:
        places.make()
    except PlaceUnusable as error:
        raise KitError(str(error)) from None
    with _one_at_a_time(places):
        status = current_status(places)
        if status is not None and status.get("edition") != edition():
            notes.append(_replaced(status["version"]))
            stop_background(places)
            status = None
        if status is not None and status["sandboxed"] != jailed():
            notes.append(
                f"The emulator was started again, to run code {'in' if jailed() else 'without'} a sandbox."
            )
            stop_background(places)
            status = None
        if status is None:
            status = _start(places, port)
        elif port is not None and port != status["port"]:
            raise KitError(
                f"The emulator is already running on port {status['port']}.",
                "Stop it first: `workshop emulator stop`.",
            )
    return status, notes + list(status["notes"])


def _replaced(version: str) -> str:
    if version == __version__:
        return "The kit has changed, so the emulator was started again. What was in it is kept."
    return (
        f"The emulator that was running was of version {version}; it was replaced by version {__version__}. "
        "What was in it is kept."
    )


def current_status(places: Places) -> dict[str, Any] | None:
    """What the running background says of itself, None when there is none."""
    return read_status(places)


def stop_background(places: Places) -> bool:
    """End it and wait until it is gone; False when there was none."""
    from course_runtime.emulator import EmulatorClient, EmulatorUnavailable

    status = current_status(places)
    if status is None:
        return False
    with contextlib.suppress(EmulatorUnavailable):
        EmulatorClient(places, timeout=5.0).stop()
    deadline = time.monotonic() + SECONDS_TO_STOP
    while _alive(status["pid"]) and time.monotonic() < deadline:
        time.sleep(0.02)
    if _alive(status["pid"]):
        os.kill(status["pid"], signal.SIGKILL)
    return True


def _start(places: Places, port: int | None) -> dict[str, Any]:
    command = [
        sys.executable,
        "-m",
        "course_runtime.grading.background",
        "--state",
        str(places.state.resolve()),
    ]
    if port is not None:
        command += ["--port", str(port)]
    with places.log.open("ab") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            cwd="/",  # what lies in a student's folder must not be imported: no json.py of theirs
            env={name: value for name, value in os.environ.items() if name != "PYTHONPATH" or value},
        )
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        status = current_status(places)
        if status is not None:
            return status
        if process.poll() is not None:
            break
        time.sleep(0.01)
    raise KitError("The emulator did not start. " + _last_words(places), f"Its log: {places.log}")


def _last_words(places: Places) -> str:
    try:
        lines = places.log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1] if lines else ""


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with contextlib.suppress(OSError):
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    return True


@contextlib.contextmanager
def _one_at_a_time(places: Places) -> Iterator[None]:
    """Two commands at once start one background."""
    with places.lock.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> int:
    """Run the emulator in this process, with the grader beside it."""
    from course_runtime.emulator import run_emulator  # brings asyncio, which a check need not pay for
    from course_runtime.grading.tiles import weights_file
    from course_runtime.sandbox import ONE_THREAD

    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--port", type=int)
    parser.add_argument("--idle-seconds", type=float, default=IDLE_SECONDS)
    options = parser.parse_args()
    places = Places.of(options.state)
    places.make()
    # A grader whose background was killed lives on for a moment: nobody must reach it by this name.
    (places.runtime / "grader.sock").unlink(missing_ok=True)
    command = [sys.executable, "-m", "course_runtime.grading.grader", "--state", str(options.state)]
    grader = subprocess.Popen(
        [*command, "--parent", str(os.getpid())],
        stdin=subprocess.DEVNULL,
        env={**os.environ, **ONE_THREAD},  # it forks, and must not fork a thread pool of numpy's
    )
    try:
        run_emulator(places, port=options.port, idle_seconds=options.idle_seconds, weights=weights_file)
    except PlaceUnusable as error:
        sys.stderr.write(f"{error}\n")  # the last line of the log is what the user is told
        return 2
    finally:
        _end(grader)
    return 0


def _end(grader: subprocess.Popen[bytes]) -> None:
    """The grader ends its zygotes and itself; one that does not is killed, and they end with it."""
    grader.terminate()
    try:
        grader.wait(SECONDS_TO_STOP / 2)
    except subprocess.TimeoutExpired:
        grader.kill()
        grader.wait()


if __name__ == "__main__":
    sys.exit(main())
