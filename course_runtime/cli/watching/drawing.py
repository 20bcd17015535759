"""The watcher's screen: where one is, the TODO to work on, what the last save changed, and the keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from course_runtime.cli.watching.board import Board
from course_runtime.grading.render import marks_for, print_todo, safe

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from course_runtime.course import Module

WIDEST_BAR = 40
HOME, CLEAR, CLEAR_LINE, CLEAR_BELOW = "\x1b[H", "\x1b[2J", "\x1b[K", "\x1b[J"
KEYS = {
    "n": "next",
    "h": "hint",
    "d": "docs",
    "a": "all",
    "c": "check",
    "q": "quit",
    "?": "help",
}
HELP = {
    "n": "show the next open TODO; once all are passed, the next module",
    "h": "a hint for this TODO; again for one that says more",
    "d": "what to read for this TODO, opened in the browser where there is one",
    "a": "all TODOs of the module, and back",
    "c": "check again, without a save",
    "q": "quit (Ctrl-C too)",
    "?": "this help, and back",
}


@dataclass(frozen=True)
class Now:
    """What is under way, beside what is known: `status` is a line, `problem` stands in place of a result."""

    status: str = ""
    problem: str = ""
    noticing: str = ""
    following: Module | None = None
    """The module to go on with once this one is complete."""


def paint(screen: Console, board: Board, now: Now) -> None:
    """The whole screen, in one write, so that nothing flickers."""
    with screen.capture() as drawn:
        draw(screen, board, now)
    lines = drawn.get().rstrip("\n").split("\n")
    screen.file.write(HOME + f"{CLEAR_LINE}\n".join(lines) + CLEAR_BELOW)
    screen.file.flush()


def draw(screen: Console, board: Board, now: Now) -> None:
    _heading(screen, board)
    screen.print()
    if board.view == "help":
        _help(screen, now)
    else:
        _changes(screen, board)
        _body(screen, board, now)
    screen.print()
    if now.status:
        screen.print(now.status, style="dim")
    screen.print(key_line())


def _heading(screen: Console, board: Board) -> None:
    from rich.text import Text

    module, total = board.module, board.total
    screen.print(Text(f"{module.short} {safe(module.title)}", style="bold"))
    count = f"  {board.done} of {total} TODOs" if board.result else "  not checked yet"
    width = max(8, min(WIDEST_BAR, screen.width - len(count) - 1))
    full, empty = marks_for(screen.encoding).bar(board.done, total, width)
    screen.print(Text(full, "green").append(empty, "dim").append(count, "default"))


def _changes(screen: Console, board: Board) -> None:
    lines = change_lines(board, marks_for(screen.encoding).passed, marks_for(screen.encoding).failed)
    for text, style in lines:
        screen.print(text, style=style)
    if lines:
        screen.print()


def change_lines(board: Board, passed: str, failed: str) -> list[tuple[str, str]]:
    """What the last save fixed and broke, each with its style."""
    lines = [(f"{passed} {one} passes now. Well done!", "bold green") for one in board.change.fixed]
    return lines + [
        (f"{failed} {one} passed before, and no longer does.", "bold red") for one in board.change.broken
    ]


def _body(screen: Console, board: Board, now: Now) -> None:
    if now.problem:
        screen.print(now.problem, style="yellow")
        return
    if board.result is None:
        return
    if board.view == "all":
        for todo in board.result.todos:
            print_todo(screen, todo, details=todo.id == board.shown_id)
    elif board.shown:
        print_todo(screen, board.shown)
    else:
        for line, style in celebration(board, now.following):
            screen.print(line, style=style)
    if board.result.notes or board.aside:
        screen.print()
    for note in board.result.notes:
        screen.print(f"Note: {safe(note)}", style="dim")
    for line in board.aside:
        screen.print(line, soft_wrap=line.lstrip().startswith("http"), style="cyan")


def celebration(board: Board, following: Module | None) -> list[tuple[str, str]]:
    assert board.result is not None
    lines = [
        (
            f"{board.module.short} is complete: {board.result.score:g} of {board.result.max_score:g} points!",
            "bold green",
        ),
        ("Compare with the solution:", ""),
        (f"  workshop diff {board.module.short}", "bold"),
    ]
    if following:
        lines.append(
            (f"Next: {following.short} {safe(following.title)} (n goes there, as does a save there).", "bold")
        )
    return lines


def _help(screen: Console, now: Now) -> None:
    from rich.table import Table

    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold", width=1)
    table.add_column(overflow="fold")
    for key, words in HELP.items():
        table.add_row(key, words)
    screen.print(table)
    screen.print()
    screen.print(now.noticing, style="dim")


def key_line() -> Text:
    """Breaks between keys, never inside one."""
    from rich.text import Text

    line = Text()
    for key, word in KEYS.items():
        line.append(key, "bold").append(f"\u00a0{word}  ", "dim")
    return line
