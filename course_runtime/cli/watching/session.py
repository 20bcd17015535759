"""The loop of `workshop watch`: one event after the other, until the student leaves."""

from __future__ import annotations

import queue
import time
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from course_runtime.cli.watching.board import Board
from course_runtime.cli.watching.checking import Checker
from course_runtime.cli.watching.events import Event, Finished, Noticing, Pressed, Resumed, Saved
from course_runtime.cli.watching.keys import reading_keys
from course_runtime.cli.watching.noticing import Notifier
from course_runtime.cli.watching.showing import Lines, Paper

if TYPE_CHECKING:
    from course_runtime.course import Catalogue, Module
    from course_runtime.emulator import Places

TICK_SECONDS = 0.2


@dataclass
class Watched:
    """The modules by the folder that each lies in."""

    folders: dict[Path, Module]

    def module_of(self, paths: frozenset[Path]) -> Module | None:
        """Of the file that was saved last."""
        for path in sorted(paths, key=_changed, reverse=True):
            for folder, module in self.folders.items():
                if path.is_relative_to(folder):
                    return module
        return None

    @property
    def named(self) -> frozenset[str]:
        return frozenset(
            Path(name).name for module in self.folders.values() for name in (*module.files, *module.extra)
        )


@dataclass
class Session:
    catalogue: Catalogue
    cwd: Path
    places: Places
    watched: Watched
    board: Board
    paper: Paper
    following: bool
    """Whether one goes on to the next module of the track."""
    poll: bool = False
    events: queue.SimpleQueue[Event] = field(default_factory=queue.SimpleQueue)

    def __post_init__(self) -> None:
        self.checker = Checker(self.catalogue, self.cwd, self.places, self.events.put)

    def run(self) -> None:
        with ExitStack() as stack:
            stack.callback(self.paper.close)
            stack.callback(self.checker.cancel)
            notifier = Notifier(self.watched.folders, self.watched.named, self.events.put, poll=self.poll)
            stack.enter_context(notifier)
            if not isinstance(self.paper, Lines):
                stack.enter_context(reading_keys(self.events.put))
            self._check("")
            while self._happens(self._next()):
                pass

    def _next(self) -> Event | None:
        try:
            return self.events.get(timeout=TICK_SECONDS)
        except queue.Empty:
            return None

    def _happens(self, event: Event | None) -> bool:
        """False when it was the end."""
        if event is None:
            self.paper.tick(self.board)
        elif isinstance(event, Saved):
            self._saved(event.paths)
        elif isinstance(event, Finished):
            self._finished(event)
        elif isinstance(event, Noticing):
            self.paper.noticing(self.board, event)
        elif isinstance(event, Resumed):
            self.paper.show(self.board)
        elif isinstance(event, Pressed):
            return self._pressed(event.key.lower())
        return True

    def _saved(self, paths: frozenset[Path]) -> None:
        module = self.watched.module_of(paths)
        if module is None:
            return
        if module.short != self.board.module.short:
            self.board = Board(module)
        names = ", ".join(sorted(path.name for path in paths)[:3])
        self._check(f"{names} {'saved' if any(path.exists() for path in paths) else 'is gone'}: ")

    def _check(self, reason: str) -> None:
        self.paper.now = replace(self.paper.now, status=f"{reason}checking {self.board.module.short} …")
        self.paper.checking(self.board)
        self.checker.start(self.board.module)

    def _finished(self, event: Finished) -> None:
        from course_runtime.cli.keeping import keep_progress
        from course_runtime.cli.within_track import within_track

        if event.number != self.checker.number:
            return
        if event.result is None:
            status = "Waiting for the next save." if event.waiting else "Save, or press c, to try again."
            self.paper.now = replace(self.paper.now, status=status, problem=event.problem)
        else:
            note = keep_progress(self.cwd, event.result)
            event.result.notes += [note] if note else []
            self.board.take(within_track(event.result, self.cwd))
            at = time.strftime("%H:%M:%S")
            words = f"{Path(event.result.file).name} checked at {at} in {event.result.seconds:.1f}\u00a0s."
            self.paper.now = replace(self.paper.now, status=words, problem="", following=self._next_module())
        self.paper.finished(self.board)

    def _next_module(self) -> Module | None:
        from course_runtime.course import CourseError, find_course_folder, status

        folder = find_course_folder(self.cwd)
        if not (self.board.complete and self.following and folder):
            return None
        try:
            step = status(folder, self.catalogue).next
        except (CourseError, OSError):
            return None
        known = {module.short for module in self.watched.folders.values()}
        return step.module if step and step.module.short in known - {self.board.module.short} else None

    def _pressed(self, key: str) -> bool:
        from course_runtime.cli.watching import asides

        if key in ("", "q"):
            return False
        if key == "c":
            self._check("")
        elif key == "n" and self.board.complete and self.paper.now.following:
            self.board = Board(self.paper.now.following)
            self._check("")
        elif key == "n":
            self.board.show_next()
        elif key in ("a", "?"):
            self.board.toggle("all" if key == "a" else "help")
        elif key in ("h", "d") and self.board.shown:
            self.board.view = "todo"
            give = asides.hint if key == "h" else asides.reading
            self.board.aside = give(self.board.module, self.board.shown_id, self.cwd)
        self.paper.show(self.board)
        return True


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
