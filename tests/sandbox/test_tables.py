from __future__ import annotations

import io
from typing import Any

import pytest

from course_runtime.sandbox import tables

numpy = pytest.importorskip("numpy")


@pytest.mark.parametrize(
    "array",
    [
        numpy.arange(6.0).reshape(2, 3),
        numpy.asfortranarray(numpy.arange(6).reshape(2, 3)),
        numpy.array(["a", "bc"]),
        numpy.array(True),
        numpy.zeros((0, 4)),
        numpy.array(["2024-01-01"], dtype="datetime64[D]"),
    ],
)
def test_arrays_survive(array: Any) -> None:
    data = tables.array_bytes(array)
    assert data is not None
    back = tables.array_from_bytes(data)
    assert back.dtype == array.dtype
    assert back.shape == array.shape
    assert (back == array).all()


def test_arrays_of_objects_are_not_plain() -> None:
    assert tables.array_bytes(numpy.array([object()])) is None


def npy(header: str, data: bytes) -> bytes:
    file = io.BytesIO()
    numpy.lib.format.write_array_header_1_0(file, {"descr": "<f8", "fortran_order": False, "shape": (1,)})
    prefix = file.getvalue()[:8]
    text = header.encode().ljust(117) + b"\n"
    return prefix + len(text).to_bytes(2, "little") + text + data


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '<f8', 'fortran_order': False, 'shape': (10000000000000,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1)}",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,)}",
        "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (1,)}",
        "__import__('os').getpid()",
        "",
    ],
)
def test_a_header_that_lies_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        tables.array_from_bytes(npy(header, bytes(8)))


def test_frames_survive() -> None:
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.DataFrame({"a": [1, 2], "b": ["x", None]}, index=pandas.Index(["r", "s"], name="row"))
    table = tables.table_from_pandas(frame)
    assert table is not None
    pandas.testing.assert_frame_equal(table.to_pandas(), frame, check_dtype=False)
    series = tables.table_from_pandas(frame["a"])
    assert series is not None
    pandas.testing.assert_series_equal(series.to_pandas(), frame["a"], check_dtype=False)


def test_a_table_that_is_none_is_a_value_error() -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(ValueError, match="cannot be read"):
        tables.Table(b"not arrow", (), False).to_pandas()


def test_a_table_in_a_message_is_a_word_and_not_its_bytes() -> None:
    assert repr(tables.Table(b"x" * 1000, (), series=False)) == "<a pandas DataFrame>"
    assert repr(tables.Table(b"x" * 1000, (), series=True)) == "<a pandas Series>"
