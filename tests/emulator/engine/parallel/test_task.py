"""How input is cut into mini-batches."""

from __future__ import annotations

import shlex
from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.engine.parallel.task import (
    Task,
    batch_size,
    file_batches,
    files_in,
    parse,
    table_batches,
)


@pytest.mark.parametrize(
    ("text", "size"),
    [("10", 10), (5, 5), ("400Kb", 400 * 1024), ("1.5 MB", 1536 * 1024), ("1gb", 1024**3), ("7b", 7)],
)
def test_sizes_are_numbers_of_files_or_of_bytes(text: object, size: int) -> None:
    assert batch_size(text) == size


@pytest.mark.parametrize("text", ["", "many", "-3", "0", "10 tb", None])
def test_what_is_no_size_is_refused_in_words(text: object) -> None:
    with pytest.raises(ValueError, match="is not a mini-batch size"):
        batch_size(text)


@given(st.lists(st.text(), max_size=40), st.integers(1, 15))
def test_every_file_is_in_one_batch(files: list[str], size: int) -> None:
    batches = list(file_batches(files, size))
    assert [file for batch in batches for file in batch] == files
    assert all(len(batch) == size for batch in batches[:-1])


@given(st.integers(0, 300), st.integers(1, 4000))
def test_every_row_is_in_one_batch(rows: int, size: int) -> None:
    table = pandas.DataFrame({"n": range(rows)})
    batches = list(table_batches(table, size))
    assert [number for batch in batches for number in batch.n] == list(range(rows))


def test_batches_of_a_table_have_about_the_size_asked_for() -> None:
    table = pandas.DataFrame({"text": ["x" * 99] * 1000})  # 100 bytes a row with its line end
    assert [len(batch) for batch in table_batches(table, 25_000)] == [250] * 4


def test_folders_are_all_their_files_by_name(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [Path(file).name for file in files_in([str(tmp_path)])] == ["a.txt", "b.txt", "c.txt"]
    assert files_in([str(tmp_path / "b.txt")]) == [str(tmp_path / "b.txt")]


def test_a_command_says_all_of_a_task() -> None:
    task = Task(
        "score.py", ("/in put/a", "b"), True, "5kb", 2, 0, 1.5, 3, 4, "/out/rows.csv", " ", ("--model", "m")
    )
    words = shlex.split(task.command().replace("/in put/a", "'/in put/a'"))
    assert parse(words[3:]) == task
    assert parse(shlex.split(Task("s.py", ("a",)).command())[3:]) == Task("s.py", ("a",))
