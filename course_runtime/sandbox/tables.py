"""numpy arrays as .npy without pickle, pandas frames as Arrow. Encoding imports neither library.

Arrow's own threads stay unstarted: they take longer than they save, and a process that has them is not safe to fork.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from typing import Any

PLAIN_DTYPES = "biufcSUMm"
INDEX_PREFIX = "__index_"


@dataclass(frozen=True, repr=False)
class Table:
    """A pandas DataFrame or Series in Arrow's form. Nothing of it is parsed before `to_pandas` is called."""

    data: bytes
    index: tuple[str, ...]
    series: bool

    def __repr__(self) -> str:
        return f"<a pandas {'Series' if self.series else 'DataFrame'}>"

    def to_pandas(self) -> Any:
        import pyarrow  # type: ignore[import-untyped,unused-ignore]

        try:
            with pyarrow.ipc.open_stream(
                self.data, options=pyarrow.ipc.IpcReadOptions(use_threads=False)
            ) as reader:
                table = reader.read_all().replace_schema_metadata(None)
            frame = table.to_pandas(ignore_metadata=True, use_threads=False)
        except (pyarrow.ArrowException, MemoryError, OverflowError) as problem:
            raise ValueError(f"the table that was sent cannot be read: {problem}") from None
        if self.index:
            frame = frame.set_index(list(self.index))
            frame.index.names = [name.split(":", 1)[1] or None for name in self.index]
        return frame.iloc[:, 0].rename(_series_name(frame.columns[0])) if self.series else frame


def _series_name(column: str) -> str | None:
    return None if column == "__values__" else column


def is_numpy_scalar(value: object) -> bool:
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.generic)


def array_bytes(value: object) -> bytes | None:
    """The .npy file of an array of plain numbers, text or dates; None for anything else."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not isinstance(value, numpy.ndarray):
        return None
    array = numpy.asarray(value)
    if array.dtype.kind not in PLAIN_DTYPES:
        return None
    file = io.BytesIO()
    numpy.lib.format.write_array(file, array, allow_pickle=False)
    return file.getvalue()


def array_from_bytes(data: bytes) -> Any:
    """An array of exactly the size its header promises: numpy alone would allocate what a header claims."""
    import numpy

    file = io.BytesIO(data)
    version = numpy.lib.format.read_magic(file)
    if version not in ((1, 0), (2, 0)):
        raise ValueError("the .npy version is not 1.0 or 2.0")
    read_header = getattr(numpy.lib.format, f"read_array_header_{version[0]}_0")
    shape, fortran, dtype = read_header(file)
    if dtype.kind not in PLAIN_DTYPES or dtype.itemsize == 0:
        raise ValueError(f"an array of {dtype} is not plain data")
    items = 1
    for length in shape:
        items *= length
    if items < 0 or items * dtype.itemsize != len(data) - file.tell():
        raise ValueError("the .npy header promises another size than came")
    flat = numpy.frombuffer(data, dtype=dtype, offset=file.tell(), count=items).copy()
    return flat.reshape(shape, order="F" if fortran else "C")


def table_from_pandas(value: object) -> Table | None:
    """Arrow's form of a frame or series; None for anything else, and for one Arrow cannot hold."""
    pandas = sys.modules.get("pandas")
    if pandas is None or not isinstance(value, (pandas.DataFrame, pandas.Series)):
        return None
    try:
        return _arrow(value, pandas)
    except Exception:  # noqa: BLE001 - whatever Arrow refuses in it: the frame then stays behind a handle
        return None


def _arrow(value: Any, pandas: Any) -> Table:
    import pyarrow  # type: ignore[import-untyped,unused-ignore]

    series = isinstance(value, pandas.Series)
    frame = (
        value.to_frame("__values__" if value.name is None else str(value.name))
        if series
        else value.copy(deep=False)
    )
    index: list[str] = []
    if not _is_default_index(frame.index, pandas):
        index = [f"{INDEX_PREFIX}{place}:{name or ''}" for place, name in enumerate(frame.index.names)]
        frame.index = frame.index.set_names(index)
        frame = frame.reset_index()
    table = pyarrow.Table.from_pandas(frame, preserve_index=False, nthreads=1).replace_schema_metadata(None)
    sink = pyarrow.BufferOutputStream()
    with pyarrow.ipc.new_stream(
        sink, table.schema, options=pyarrow.ipc.IpcWriteOptions(use_threads=False)
    ) as writer:
        writer.write_table(table)
    return Table(sink.getvalue().to_pybytes(), tuple(index), series)


def _is_default_index(index: Any, pandas: Any) -> bool:
    return (
        isinstance(index, pandas.RangeIndex) and index.start == 0 and index.step == 1 and index.name is None
    )
