"""How input is cut into mini-batches."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.engine.parallel.task import Task, batch_size, file_batches, table_batches


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
    batches = list(file_batches(tuple(files), size))
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


def test_it_survives_the_way_into_the_sandbox(tmp_path: Path) -> None:
    task = Task("score.py", ("--model", "m"), files=("a", "b"), retries=1, output="out.csv")
    task.write(tmp_path / "task.json")
    assert Task.load(tmp_path / "task.json") == task
