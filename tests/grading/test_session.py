"""A module's graders are collected once; no check sees what another one did, and what changed is collected again."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from course_runtime.grading import Result
from tests.grading.conftest import GRADER, answer

COUNTING = """
from course_runtime.grading import todo

calls = []


@todo("1.1", points=3)
def test_double(student):
    calls.append(student.call("double", 4))
    assert calls == [8], f"Calls so far: {calls}."
"""
TELLING = """
import os

from course_runtime.grading import todo


@todo("1.1", points=3)
def test_double(student):
    assert student.call("double", 0), os.getppid()
"""
Grade = Callable[..., Result]


def put(content: Path, text: str) -> None:
    (content / "graders/module1_sums/test_module1.py").write_text(text)


def session_of(result: Result) -> int:
    """The process that the check was a fork of."""
    return int(result.todos[0].message)


def test_what_a_graders_module_keeps_is_new_for_each_check(grade: Grade, content: Path) -> None:
    put(content, COUNTING)
    for _ in range(3):
        assert grade(answer(), todos=("1.1",)).todos[0].status == "passed"


def test_one_session_serves_all_checks_of_a_module(grade: Grade, content: Path) -> None:
    put(content, TELLING)
    assert session_of(grade(answer())) == session_of(grade(answer()))


def test_a_grader_that_was_changed_is_collected_again(grade: Grade, content: Path) -> None:
    assert grade(answer()).passed
    put(content, GRADER.replace("== 2, f", "== 3, f"))
    assert [todo.status for todo in grade(answer()).todos] == ["passed", "failed"]
    put(content, GRADER)
    assert grade(answer()).passed


def test_a_file_that_was_added_counts(grade: Grade, content: Path) -> None:
    assert grade(answer()).passed
    more = content / "graders/module1_sums/test_more.py"
    more.write_text(
        'from course_runtime.grading import todo\n@todo("1.2")\ndef test_no():\n    assert False, "No."\n'
    )
    assert [todo.status for todo in grade(answer()).todos] == ["passed", "failed"]


def test_a_title_that_was_changed_is_read_again(grade: Grade, content: Path) -> None:
    grade(answer())
    file = content / "solutions/module1_sums/module.toml"
    file.write_text(file.read_text().replace('title = "Half"', 'title = "Halve it"'))
    assert grade(answer()).todos[1].title == "Halve it"


def test_one_that_was_killed_is_replaced(grade: Grade, content: Path) -> None:
    put(content, TELLING)
    first = session_of(grade(answer()))
    os.kill(first, signal.SIGKILL)
    assert eventually(lambda: not is_alive(first))
    assert session_of(grade(answer())) != first


def is_alive(pid: int) -> bool:
    """A child that nobody has collected yet is none."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def eventually(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()
