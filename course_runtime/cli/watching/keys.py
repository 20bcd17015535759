"""The keyboard, key by key, with the terminal given back as it was."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator

from course_runtime.cli.watching.events import Event, Pressed, Resumed

PATIENCE_SECONDS = 0.2
ESCAPE = "\x1b"
Put = Callable[[Event], None]


@contextlib.contextmanager
def reading_keys(put: Put) -> Iterator[None]:
    """Puts `Pressed` events. Ctrl-C stays an interrupt; arrows and other escape sequences are nothing."""
    closed = threading.Event()
    with _windows(put, closed) if sys.platform == "win32" else _posix(put, closed):
        try:
            yield
        finally:
            closed.set()


@contextlib.contextmanager
def _posix(put: Put, closed: threading.Event) -> Iterator[None]:
    import signal
    import termios
    import tty

    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)

    def go_on(*_: object) -> None:
        """After Ctrl-Z and `fg` the shell has set the terminal its own way."""
        tty.setcbreak(terminal)
        put(Resumed())

    tty.setcbreak(terminal)
    handlers = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    handlers[signal.SIGCONT] = signal.signal(signal.SIGCONT, go_on)
    thread = threading.Thread(target=_read_posix, args=(terminal, put, closed), daemon=True)
    thread.start()
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
        closed.set()
        thread.join()
        with contextlib.suppress(termios.error):  # the terminal may be gone
            termios.tcsetattr(terminal, termios.TCSADRAIN, before)


def _leave(number: int, _: object) -> None:
    """By the way out that gives the terminal back."""
    raise SystemExit(128 + number)


def _read_posix(terminal: int, put: Put, closed: threading.Event) -> None:
    import select

    while not closed.is_set():
        ready, _, _ = select.select([terminal], [], [], PATIENCE_SECONDS)
        if not ready:
            continue
        try:
            typed = os.read(terminal, 64).decode("utf-8", "replace")
        except OSError:
            typed = ""
        if not typed:
            put(Pressed(""))
            return
        for key in "" if typed.startswith(ESCAPE) else typed:
            put(Pressed(key))


@contextlib.contextmanager
def _windows(put: Put, closed: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=_read_windows, args=(put, closed), daemon=True)
    thread.start()
    yield


def _read_windows(put: Put, closed: threading.Event) -> None:
    if sys.platform == "win32":
        import msvcrt

        while not closed.wait(PATIENCE_SECONDS / 4):
            while msvcrt.kbhit():
                key = msvcrt.getwch()
                if key in "\x00\xe0":
                    msvcrt.getwch()
                else:
                    put(Pressed(key))
