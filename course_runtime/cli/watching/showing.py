"""Where a watcher writes: a whole screen on a terminal, line below line anywhere else."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from course_runtime.cli.watching.board import Board
from course_runtime.cli.watching.drawing import CLEAR, Now, celebration, change_lines, paint
from course_runtime.grading.render import marks_for, print_todo, safe

if TYPE_CHECKING:
    from rich.console import Console

    from course_runtime.cli.watching.events import Noticing

WIDEST = 100


class Paper(Protocol):
    now: Now

    def checking(self, board: Board) -> None: ...
    def finished(self, board: Board) -> None: ...
    def noticing(self, board: Board, event: Noticing) -> None: ...
    def show(self, board: Board) -> None: ...
    def tick(self, board: Board) -> None: ...
    def close(self) -> None: ...


@dataclass
class Screen:
    """Drawn anew whenever something changes, also the terminal's size."""

    console: Console
    now: Now = field(default_factory=Now)
    size: tuple[int, int] = (0, 0)

    def checking(self, board: Board) -> None:
        self.show(board)

    def finished(self, board: Board) -> None:
        self.show(board)

    def noticing(self, board: Board, event: Noticing) -> None:
        self.now = replace(self.now, noticing=event.words)
        self.show(board)

    def show(self, board: Board) -> None:
        size = shutil.get_terminal_size()
        if size != self.size:
            self.size = size
            self.console.width = min(size.columns, WIDEST)
            self.console.file.write(CLEAR)
        paint(self.console, board, self.now)

    def tick(self, board: Board) -> None:
        if shutil.get_terminal_size() != self.size:
            self.show(board)

    def close(self) -> None:
        """What was on the screen stays; the shell's prompt comes below it."""
        self.console.file.write("\n")
        self.console.file.flush()


@dataclass
class Lines:
    """For a pipe, a log, an editor's output window: nothing is asked, and nothing is taken back."""

    console: Console
    now: Now = field(default_factory=Now)

    def checking(self, board: Board) -> None:
        self._print(self.now.status)

    def finished(self, board: Board) -> None:
        marks = marks_for(self.console.encoding)
        if self.now.problem:
            self._print(self.now.problem)
        elif board.result:
            for line, _ in change_lines(board, marks.passed, marks.failed):
                self._print(line)
            if board.shown:
                print_todo(self.console, board.shown)
            elif board.complete:
                for line, _ in celebration(board, None):
                    self._print(line)
            for note in board.result.notes:
                self._print(f"Note: {safe(note)}")
            self._print(f"{board.module.short}: {board.done} of {board.total} TODOs.")
        self._print(self.now.status)

    def noticing(self, board: Board, event: Noticing) -> None:
        self._print(event.words)

    def show(self, board: Board) -> None:
        """Nothing that was printed needs to be printed again."""

    def tick(self, board: Board) -> None:
        """A pipe has no size."""

    def close(self) -> None:
        self.console.file.flush()

    def _print(self, line: str) -> None:
        self.console.print(line)
        self.console.file.flush()
