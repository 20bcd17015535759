from __future__ import annotations

import io

import pytest
from rich.cells import cell_len
from rich.console import Console

from course_runtime.grading.render import print_result
from course_runtime.grading.result import Result, Status, TestResult, TodoResult

URL = "https://learn.microsoft.com/python/api/azure-ai-ml/azure.ai.ml.mlclient?view=azure-python"


def todo(number: int, status: Status, message: str = "", points: float = 0.0) -> TodoResult:
    docs = [{"title": "MLClient", "url": URL}, {"title": "Second", "url": "https://x.y"}]
    tests = [TestResult("it adds", "passed", 0.01, points=1), TestResult("it ends", status, 0.02, message, 2)]
    return TodoResult(f"7.{number}", f"Title {number}", points, 4.0, status, message, 0, docs, tests)


def shown(*todos: TodoResult, width: int = 80, verbose: bool = False, encoding: str = "utf-8") -> str:
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, newline="")
    console = Console(file=stream, width=width, highlight=False, markup=False, emoji=False)
    result = Result(
        "module7", "emulator", 1.25, todos=list(todos), file="/home/me/exercise.py", notes=["Noted."]
    )
    print_result(console, result, "Answers", verbose=verbose)
    stream.seek(0)
    return stream.read()


def test_passed() -> None:
    text = shown(todo(1, "passed", points=4.0))
    assert text.startswith("module7 Answers  exercise.py · emulator · 1.2 s\n✓ 7.1  Title 1 ")
    assert "4/4\n" in text and "4 of 4 points, 1 of 1 TODOs" in text
    assert text.endswith(
        "Well done: module7 is complete. Compare with the solution:\n  workshop diff module7\n"
    )
    assert "hint" not in text and "it adds" not in text


def test_failed_says_what_to_read_and_what_comes_next() -> None:
    text = shown(todo(1, "failed", "Expected 2.\nIt gave 3.", points=1.0), todo(2, "passed", points=4.0))
    assert "✗ 7.1" in text and "1/4" in text
    assert "       Expected 2." in text and "       It gave 3." in text
    assert "1 of 2 tests passed (--verbose names them)" in text
    assert "Read  MLClient" in text and "Second" not in text
    assert "Hint  workshop hint 7.1" in text
    assert text.endswith("Next: 7.1 Title 1\n  workshop check module7 --todo 7.1\n")
    assert "Note: Noted." in text


def test_verbose_names_every_test() -> None:
    text = shown(todo(1, "passed", points=4.0), verbose=True)
    assert "✓ it adds  1 p, 10 ms" in text and "✓ it ends  2 p, 20 ms" in text
    assert "✗ it ends  0 of 2 p, 20 ms" in shown(todo(1, "failed", "Why."), verbose=True)


def test_not_asked_for_is_not_shown_and_the_whole_module_comes_next() -> None:
    text = shown(todo(1, "skipped"), todo(2, "passed", points=4.0))
    assert "Title 1" not in text and "4 of 4 points" in text
    assert text.endswith("Now the whole module:\n  workshop check module7\n")


@pytest.mark.parametrize("width", [60, 80])
def test_nothing_is_cut_off_and_addresses_stay_whole(width: int) -> None:
    long = "q" * 150 + " end"
    text = shown(todo(1, "timeout", long), width=width)
    assert URL in text and "end" in text
    assert text.count("q") == 150
    assert all(cell_len(line) <= width for line in text.splitlines() if URL not in line)


def test_a_students_text_is_made_safe() -> None:
    text = shown(todo(1, "failed", "\x1b[31mred[/] [bold]x \u202e"))
    assert "red[/] [bold]x \\u202e" in text and "\x1b" not in text


def test_a_terminal_without_the_signs_gets_plain_ones() -> None:
    text = shown(todo(1, "passed", points=4.0), encoding="ascii")
    assert "+ 7.1" in text and text.isascii()


def test_a_long_line_goes_on_below_its_own_beginning() -> None:
    text = shown(todo(1, "failed", "Here:\n  " + "word " * 30), width=60)
    lines = [line for line in text.splitlines() if "word" in line]
    assert len(lines) > 1 and all(line.startswith(" " * 9 + "word") for line in lines)
