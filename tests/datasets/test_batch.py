from __future__ import annotations

import numpy as np
import pytest

from .loading import load

diabetes = load()


def test_a_hundred_files_of_one_line_with_eight_values() -> None:
    files = diabetes.batch_files(2)
    assert list(files) == [f"{number}.csv" for number in range(1, 101)]
    assert all(text.count("\n") == 1 and text.endswith("\n") for text in files.values())
    assert {len(text.split(",")) for text in files.values()} == {8}


def test_their_values_are_those_of_the_rows_in_order() -> None:
    values = [[float(value) for value in text.split(",")] for text in diabetes.batch_files(2).values()]
    assert np.array_equal(values, diabetes.batch_rows(2)[list(diabetes.FEATURES)])


def test_the_rows_are_different_ones_of_the_second_year() -> None:
    rows = diabetes.batch_rows(2)
    assert not rows.duplicated().any()
    assert len(rows.merge(diabetes.second_year(2), on=list(diabetes.COLUMNS))) == 100


def test_as_many_files_as_asked() -> None:
    assert len(diabetes.batch_files(2, files=7)) == 7


def test_more_files_than_rows_are_refused() -> None:
    with pytest.raises(diabetes.DatasetError, match="at most 5000; 5001 came"):
        diabetes.batch_files(2, files=5_001)
