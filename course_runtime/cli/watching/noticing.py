"""Notices saves, by the system's events or by looking again and again, and says which.

Whatever the hint, only a difference between two snapshots counts: an editor's double events come to nothing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from course_runtime.cli.watching import snapshot
from course_runtime.cli.watching.events import Event, Noticing, Saved
from course_runtime.cli.watching.file_systems import why_silent

EVERY_SECONDS = 0.25
SAFETY_SECONDS = 2.0
STEP_MILLISECONDS = 20
LONGEST_BURST_MILLISECONDS = 200
SETTLED_SECONDS = 0.02
LONGEST_SETTLING_SECONDS = 0.5
BY_EVENTS = "Saves are noticed by the system's events."
Put = Callable[[Event], None]


class Notifier:
    """A thread that puts `Saved` events until it is closed. `folders` are looked through with what is below."""

    def __init__(
        self, folders: Iterable[Path], named: frozenset[str], put: Put, *, poll: bool = False
    ) -> None:
        self._folders = tuple(folders)
        self._named = named
        self._put = put
        self._closed = threading.Event()
        self._known = self._look()
        self._thread = threading.Thread(target=self._run, args=(poll,), daemon=True)

    def __enter__(self) -> Notifier:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        self._thread.join()

    def _run(self, poll: bool) -> None:
        reason = "you asked for it" if poll else self._why_poll()
        if not reason:
            self._put(Noticing(BY_EVENTS, polling=False))
            reason = self._by_events()
        if not self._closed.is_set():
            self._put(Noticing(f"Saves are looked for every {EVERY_SECONDS:g} s: {reason}.", polling=True))
            self._by_looking()

    def _why_poll(self) -> str:
        return next((reason for folder in self._folders if (reason := why_silent(folder))), "")

    def _by_events(self) -> str:
        """Until closed; or why the events are not to be relied on."""
        try:
            from watchfiles import watch

            changes = watch(
                *self._folders,
                watch_filter=None,
                debounce=LONGEST_BURST_MILLISECONDS,
                step=STEP_MILLISECONDS,
                stop_event=self._closed,
                rust_timeout=round(SAFETY_SECONDS * 1000),
                yield_on_timeout=True,
                force_polling=False,
                ignore_permission_denied=True,
            )
            for round_, change in enumerate(changes):
                saved = self._report()
                # In the first round a save may have come before the system was asked for events.
                if saved and not change and round_ and not self._is_young(saved):
                    return "a save came without an event"
        except (ImportError, OSError, RuntimeError) as error:
            return f"the system gives no events ({error})"
        return "" if self._closed.is_set() else "the system's events ended"

    def _by_looking(self) -> None:
        while not self._closed.wait(EVERY_SECONDS):
            self._report()

    def _report(self) -> frozenset[Path]:
        """What differs from the last time, once it has come to rest: an editor may be still writing."""
        now = self._look()
        if now == self._known:
            return frozenset()
        deadline = time.monotonic() + LONGEST_SETTLING_SECONDS
        while not self._closed.wait(SETTLED_SECONDS) and time.monotonic() < deadline:
            before, now = now, self._look()
            if now == before:
                break
        saved = snapshot.differences(self._known, now)
        self._known = now
        if saved:
            self._put(Saved(saved))
        return saved

    def _is_young(self, saved: frozenset[Path]) -> bool:
        """So fresh that its event may still be under way."""
        newest = max((self._known[path][0] for path in saved if path in self._known), default=0)
        return time.time() - newest / 1e9 < SAFETY_SECONDS / 4

    def _look(self) -> snapshot.Snapshot:
        return snapshot.take(self._folders, self._named)
