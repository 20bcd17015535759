"""Entry scripts over mini-batches, as a process of their own."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas
import pytest

from course_runtime.emulator.engine.parallel.task import Task

GOOD = """
import os, pathlib
def init():
    global factor
    factor = 2
def run(mini_batch):
    return [f"{os.path.basename(path)}: {factor * int(open(path).read())}" for path in mini_batch]
"""
POISON = """
def run(mini_batch):
    results = []
    for path in mini_batch:
        text = open(path).read()
        if text != "13":
            results.append(text)
    return results
"""


class Course:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.output = folder / "out" / "rows.txt"

    def files(self, *values: object) -> tuple[str, ...]:
        folder = self.folder / f"in{len(list(self.folder.iterdir()))}"
        folder.mkdir()
        for number, value in enumerate(values):
            (folder / f"{number:03}.txt").write_text(str(value))
        return (str(folder),)

    def run(self, script: str, **fields: Any) -> subprocess.CompletedProcess[str]:
        (self.folder / "entry.py").write_text(script)
        task = Task(str(self.folder / "entry.py"), output=str(self.output), **fields)
        command = [sys.executable, *shlex.split(task.command())[1:]]
        return subprocess.run(command, capture_output=True, text=True, timeout=60)

    def rows(self) -> list[str]:
        return self.output.read_text().splitlines()


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


def test_a_hundred_files_give_a_hundred_rows_in_order(course: Course) -> None:
    done = course.run(GOOD, inputs=course.files(*range(100)), size="5", workers=2)
    assert done.returncode == 0, done.stderr
    assert course.rows() == [f"{n:03}.txt: {2 * n}" for n in range(100)]
    assert "100 items in 20 mini-batches, 2 at once." in done.stdout


def test_ten_poison_files_are_allowed_eleven_are_not(course: Course) -> None:
    allowed = course.run(
        POISON, inputs=course.files(*[13] * 10, *range(20, 40)), size="5", error_threshold=10
    )
    assert allowed.returncode == 0, allowed.stderr
    assert len(course.rows()) == 20
    too_many = course.run(
        POISON, inputs=course.files(*[13] * 11, *range(20, 40)), size="5", error_threshold=10
    )
    assert too_many.returncode == 1
    assert "11 items without a result, 10 are allowed (error_threshold)" in too_many.stderr


def test_a_mini_batch_that_fails_is_tried_again(course: Course) -> None:
    script = """
import pathlib
def run(mini_batch):
    mark = pathlib.Path(__file__).with_name("tried")
    if not mark.exists():
        mark.write_text("once")
        raise RuntimeError("the network hiccuped")
    return mini_batch
"""
    done = course.run(script, inputs=course.files(1), retries=1)
    assert done.returncode == 0 and len(course.rows()) == 1
    assert "attempt 1 of 2: RuntimeError: the network hiccuped" in done.stdout


def test_failed_mini_batches_have_a_threshold_of_their_own(course: Course) -> None:
    script = "def run(mini_batch):\n    return [1 / 0]"
    done = course.run(script, inputs=course.files(1, 2, 3), size="1", retries=0, batch_error_threshold=1)
    assert done.returncode == 1
    assert "2 failed mini-batches, 1 are allowed (mini_batch_error_threshold)" in done.stderr
    assert "ZeroDivisionError" in done.stderr and 'entry.py", line 2' in done.stderr


def test_a_mini_batch_that_never_ends_is_cut_off(course: Course) -> None:
    script = "import time\ndef run(mini_batch):\n    time.sleep(60)"
    done = course.run(script, inputs=course.files(1), retries=0, seconds=0.3, error_threshold=0)
    assert done.returncode == 1
    assert "run() was not done after 0.3 seconds" in done.stdout


def test_rows_of_a_table_come_as_dataframes(course: Course) -> None:
    pandas.DataFrame({"a": range(50), "b": range(50)}).to_csv(course.folder / "table.csv", index=False)
    script = "def run(mini_batch):\n    return mini_batch.assign(c=mini_batch.a + mini_batch.b)[['a', 'c']]"
    done = course.run(
        script, inputs=(str(course.folder / "table.csv"),), is_table=True, size="60b", separator=" "
    )
    assert done.returncode == 0, done.stderr
    assert course.rows() == [f"{n} {2 * n}" for n in range(50)]


def test_arguments_reach_the_script(course: Course) -> None:
    script = "import sys\ndef run(mini_batch):\n    return [' '.join(sys.argv[1:]) for _ in mini_batch]"
    course.run(script, inputs=course.files(1), arguments=("--model", "champion"))
    assert course.rows() == ["--model champion"]


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("def init(): pass", "has no function run(mini_batch)"),
        (
            "import not_there",
            "failed before its first mini-batch: ModuleNotFoundError: No module named 'not_there'",
        ),
        ("def init():\n    raise ValueError('no model')\ndef run(b): return b", "ValueError: no model"),
        ("def run(mini_batch):\n    pass", "run() returned None"),
        ("def run(mini_batch):\n    return 'ok'", "run() returned str"),
    ],
)
def test_a_script_that_cannot_run_is_told_in_words(course: Course, script: str, said: str) -> None:
    done = course.run(script, inputs=course.files(1), retries=0, error_threshold=0)
    assert done.returncode == 1
    assert said in done.stdout + done.stderr
