"""The result on a terminal: a line a TODO, and below it what to mend and where to go on."""

from __future__ import annotations

from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from course_runtime.grading.render.marks import Marks, marks_for
from course_runtime.grading.render.text import safe
from course_runtime.grading.result import Result, Status, TestResult, TodoResult

INDENT = 7
DEEPEST = 20
BAR_WIDTH = 24
COLOURS: dict[Status, str] = {
    "passed": "green",
    "failed": "red",
    "error": "magenta",
    "timeout": "red",
    "not_started": "yellow",
    "skipped": "dim",
}


def print_result(console: Console, result: Result, title: str = "", *, verbose: bool = False) -> None:
    """`title` is the module's; `verbose` names every test."""
    marks = marks_for(console.encoding)
    console.print(_heading(result, title, marks))
    for todo in asked_for(result):
        print_todo(console, todo, verbose=verbose)
    _print_notes(console, result.notes)
    console.print()
    console.print(_summary(result, marks))
    _print_next(console, result)


def print_todo(console: Console, todo: TodoResult, *, verbose: bool = False, details: bool = True) -> None:
    """Its line, and below it what to mend."""
    marks = marks_for(console.encoding)
    console.print(_todo_line(todo, marks))
    if details:
        _print_details(console, todo, marks, verbose)


def asked_for(result: Result) -> list[TodoResult]:
    return [todo for todo in result.todos if todo.status != "skipped"]


def points(value: float) -> str:
    return f"{round(value, 2):g}"


def _heading(result: Result, title: str, marks: Marks) -> Text:
    about = [safe(result.file.rsplit("/", 1)[-1]), safe(result.backend), f"{result.seconds:.1f} s"]
    name = Text(f"{safe(result.module)} {safe(title)}".strip(), style="bold")
    return name.append("  " + f" {marks.dot} ".join(part for part in about if part), style="not bold dim")


def _todo_line(todo: TodoResult, marks: Marks) -> Table:
    colour = COLOURS[todo.status]
    line = Table.grid(padding=(0, 1), expand=True)
    line.add_column(width=1)
    line.add_column(no_wrap=True, min_width=4)
    line.add_column(ratio=1, overflow="fold")
    line.add_column(no_wrap=True, justify="right")
    score = Text(f"{points(todo.points)}/{points(todo.max_points)}", style=colour)
    line.add_row(
        Text(_mark(todo.status, marks), style=colour),
        Text(todo.id, style="bold"),
        Text(safe(todo.title)),
        score,
    )
    return line


def _mark(status: Status, marks: Marks) -> str:
    if status == "passed":
        return marks.passed
    return {"not_started": marks.open, "skipped": marks.left_out}.get(status, marks.failed)


def _print_details(console: Console, todo: TodoResult, marks: Marks, verbose: bool) -> None:
    if todo.status != "passed":
        console.print(_indented(safe(todo.message)))
    if verbose:
        for test in todo.tests:
            _print_test(console, test, todo, marks)
    elif todo.status != "passed" and todo.tests:
        console.print(_indented(_count(todo.tests), "dim"))
    if todo.status in ("failed", "timeout"):
        _print_help(console, todo)


def _print_test(console: Console, test: TestResult, todo: TodoResult, marks: Marks) -> None:
    line = Text().append(f"{_mark(test.status, marks)} ", style=COLOURS[test.status])
    earned = f"{points(test.points)} p" if test.status == "passed" else f"0 of {points(test.points)} p"
    line.append(safe(test.name)).append(f"  {earned}, {test.seconds * 1000:.0f} ms", style="dim")
    console.print(Padding(line, (0, 0, 0, INDENT)))
    if test.message and test.message not in todo.message:
        console.print(_indented(safe(test.message), more=2))


def _count(tests: list[TestResult]) -> str:
    passed = sum(test.status == "passed" for test in tests)
    return f"{passed} of {len(tests)} tests passed (--verbose names them)"


def _print_help(console: Console, todo: TodoResult) -> None:
    """An address stays whole on its line, so that a terminal can open it."""
    for link in todo.docs[:1]:
        console.print(_indented(f"Read  {safe(link['title'])}", "dim"))
        console.print(Text(" " * INDENT + safe(link["url"]), style="cyan"), soft_wrap=True)
    console.print(_indented(f"Hint  workshop hint {todo.id}", "dim"))


def _print_notes(console: Console, notes: list[str]) -> None:
    if notes:
        console.print()
    for note in notes:
        console.print(Padding(Text(f"Note: {safe(note)}", style="dim", overflow="fold"), (0, 0, 0, 2)))


def _summary(result: Result, marks: Marks) -> Text:
    """Points and TODOs of what was asked."""
    asked = asked_for(result)
    score, most = sum(todo.points for todo in asked), sum(todo.max_points for todo in asked)
    done = sum(todo.status == "passed" for todo in asked)
    full, empty = marks.bar(score, most, BAR_WIDTH)
    line = Text(full, style="green").append(empty, style="dim")
    line.append(f"  {points(score)} of {points(most)} points", style="bold default")
    return line.append(f", {done} of {len(asked)} TODOs", style="not bold default")


def _print_next(console: Console, result: Result) -> None:
    """A command has a line of its own, so that it can be copied."""
    words, command = _next(result)
    console.print(Text(words, style="bold green" if result.passed else "bold", overflow="fold"))
    console.print(Text(f"  {command}", style="bold"))


def _next(result: Result) -> tuple[str, str]:
    module = safe(result.module)
    todo = next((todo for todo in asked_for(result) if todo.status != "passed"), None)
    if todo:
        return f"Next: {todo.id} {safe(todo.title)}", f"workshop check {module} --todo {todo.id}"
    if len(asked_for(result)) < len(result.todos):
        return "That works. Now the whole module:", f"workshop check {module}"
    return f"Well done: {module} is complete. Compare with the solution:", f"workshop diff {module}"


def _indented(text: str, style: str = "", more: int = 0) -> Group:
    """A line that is too long goes on below its own beginning."""
    lines = []
    for line in text.splitlines():
        inner = line.lstrip(" ")
        depth = min(len(line) - len(inner), DEEPEST)
        lines.append(Padding(Text(inner, style=style, overflow="fold"), (0, 0, 0, INDENT + more + depth)))
    return Group(*lines)
