"""What a watcher knows: the last result, which TODO is shown, and what the last save changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from course_runtime.course import Module
    from course_runtime.grading import Result, TodoResult

View = Literal["todo", "all", "help"]


@dataclass(frozen=True)
class Change:
    """From one result to the next, by TODO."""

    fixed: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    completed: bool = False


@dataclass
class Board:
    module: Module
    result: Result | None = None
    change: Change = field(default_factory=Change)
    view: View = "todo"
    aside: list[str] = field(default_factory=list)
    """A hint, or what to read: it stays until another TODO is shown."""
    chosen: str = ""
    """The TODO that the student asked to see; empty: the first that is not passed."""

    def take(self, result: Result) -> Change:
        shown = self.shown_id
        before = _passed(self.result)
        self.change = _change(before, _passed(result), result) if self.result else Change()
        self.result = result
        if self.chosen not in {todo.id for todo in self.open_todos}:
            self.chosen = ""
        if self.shown_id != shown:
            self.aside = []
        return self.change

    @property
    def open_todos(self) -> list[TodoResult]:
        return [todo for todo in self.result.todos if todo.status != "passed"] if self.result else []

    @property
    def shown(self) -> TodoResult | None:
        """None before the first result, and when all is passed."""
        chosen = [todo for todo in self.open_todos if todo.id == self.chosen]
        return next(iter(chosen or self.open_todos), None)

    @property
    def shown_id(self) -> str:
        return self.shown.id if self.shown else ""

    @property
    def complete(self) -> bool:
        return self.result is not None and not self.open_todos

    @property
    def done(self) -> int:
        return len(self.result.todos) - len(self.open_todos) if self.result else 0

    @property
    def total(self) -> int:
        return len(self.result.todos if self.result else self.module.todos)

    def show_next(self) -> None:
        """The next open TODO after the one that is shown; after the last, the first again."""
        ids = [todo.id for todo in self.open_todos]
        if ids:
            self.chosen = ids[(ids.index(self.shown_id) + 1) % len(ids)]
        self.view, self.aside, self.change = "todo", [], Change()

    def toggle(self, view: View) -> None:
        self.view = "todo" if self.view == view else view


def _passed(result: Result | None) -> set[str]:
    return {todo.id for todo in result.todos if todo.status == "passed"} if result else set()


def _change(before: set[str], after: set[str], result: Result) -> Change:
    order = [todo.id for todo in result.todos]
    return Change(
        fixed=tuple(one for one in order if one in after - before),
        broken=tuple(one for one in order if one in before - after),
        completed=len(after) == len(order) and after != before,
    )
