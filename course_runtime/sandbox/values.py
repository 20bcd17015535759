"""Python values as plain data and back. What is not plain data stays where it is, behind a handle.

A scalar is itself in JSON; anything else is an object with one key that says what it is:

    {"list": [...]}  {"dict": [[key, value], ...]}  {"float": "nan"}  {"bytes": [offset, length]}
    {"npy": [offset, length]}  {"arrow": {...}}  {"handle": {...}}

Tuples become lists. Dates, sets, paths, decimals and enums that are no str or int travel as handles. A
subclass of a plain type is rebuilt as that type by the base class's own methods: its operators stay behind.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from . import tables

DEEPEST = 50
MOST_BYTES = 64 * 1024 * 1024
LONGEST_INTEGER = 10**4000
SCALARS = (type(None), bool, int, float, str)


class NotPlain(Exception):
    """This value cannot cross: `str(problem)` says why, for whoever made it."""


class Malformed(Exception):
    """What came is not an encoding of anything."""


@dataclass(frozen=True, repr=False)
class Handle:
    """An object that stayed on the student's side; `type` and `repr` are that side's words for it."""

    id: int
    type: str
    repr: str

    def __repr__(self) -> str:
        """As a student knows it: graders show what came in their messages."""
        return self.repr or f"<{self.type}>"


@dataclass
class Encoder:
    """`other` gives the encoding of an object that is not plain data, or raises NotPlain."""

    other: Callable[[object], Any]
    blobs: list[bytes] = field(default_factory=list)
    size: int = 0

    def encode(self, value: object, depth: int = 0) -> Any:
        if depth > DEEPEST:
            raise NotPlain(f"the value is nested more than {DEEPEST} deep")
        value = rebuilt(value)
        kind = type(value)
        if kind is float:
            return self._float(value)  # type: ignore[arg-type]
        if kind is int and abs(value) >= LONGEST_INTEGER:  # type: ignore[arg-type]
            raise NotPlain("an integer has more than 4000 digits")
        if kind in SCALARS:
            return value
        if kind is list:
            return {"list": [self.encode(item, depth + 1) for item in value]}  # type: ignore[attr-defined]
        if kind is dict and all(type(key) in SCALARS for key in value):  # type: ignore[attr-defined]
            pairs = value.items()  # type: ignore[attr-defined]
            return {"dict": [[self.encode(key), self.encode(item, depth + 1)] for key, item in pairs]}
        if kind is bytes:
            return {"bytes": self._blob(value)}  # type: ignore[arg-type]
        return self._table(value, depth)

    def _float(self, value: float) -> Any:
        return value if math.isfinite(value) else {"float": repr(value)}

    def _blob(self, data: bytes) -> list[int]:
        offset = self.size
        self.size += len(data)
        if self.size > MOST_BYTES:
            raise NotPlain(f"the value takes more than {MOST_BYTES} bytes")
        self.blobs.append(data)
        return [offset, len(data)]

    def _table(self, value: object, depth: int) -> Any:
        if tables.is_numpy_scalar(value):
            item = value.item()  # type: ignore[attr-defined]
            return (
                self.encode(item, depth + 1)
                if type(item) in SCALARS or type(item) is bytes
                else self.other(value)
            )
        array = tables.array_bytes(value)
        if array is not None:
            return {"npy": self._blob(array)}
        table = tables.table_from_pandas(value)
        if table is not None:
            return {
                "arrow": {"data": self._blob(table.data), "index": list(table.index), "series": table.series}
            }
        return self.other(value)


def rebuilt(value: Any) -> Any:
    """The plain value inside a subclass of a plain type, by methods the subclass cannot replace."""
    kind = type(value)
    if kind in SCALARS or kind in (list, dict, bytes):
        return value
    bases = type.__dict__["__mro__"].__get__(kind)
    for base, rebuild in REBUILDERS.items():
        if base in bases:
            return rebuild(value)
    return value


REBUILDERS: dict[type, Callable[[Any], Any]] = {
    str: str.__str__,
    int: int.__int__,
    float: float.__float__,
    bytes: lambda value: bytes.__getitem__(value, slice(None)),
    bytearray: lambda value: bytes(bytearray.__getitem__(value, slice(None))),
    list: lambda value: [*list.__iter__(value)],
    tuple: lambda value: [*tuple.__iter__(value)],
    dict: lambda value: dict(dict.items(value)),
}


@dataclass(frozen=True)
class Decoder:
    """`handle` gives the object for a handle's fields; `table` the one for an Arrow table."""

    blobs: memoryview
    handle: Callable[[dict[str, Any]], object]
    table: Callable[[tables.Table], object]

    def decode(self, encoded: Any, depth: int = 0) -> Any:
        if depth > DEEPEST + 1:
            raise Malformed(f"nested more than {DEEPEST} deep")
        if type(encoded) is str:
            return _printable(encoded)
        if type(encoded) in SCALARS:
            return encoded
        if type(encoded) is not dict or len(encoded) != 1:
            raise Malformed("an encoded value is neither a scalar nor an object with one key")
        ((kind, content),) = encoded.items()
        try:
            return self._decode_kind(kind, content, depth)
        except (TypeError, ValueError, KeyError) as problem:
            raise Malformed(f"{kind!r} does not hold what it should: {problem}") from None

    def _decode_kind(self, kind: str, content: Any, depth: int) -> Any:
        if kind == "list":
            return [self.decode(item, depth + 1) for item in _a_list(content)]
        if kind == "dict":
            pairs = (_a_list(pair) for pair in _a_list(content))
            return {self._key(key): self.decode(item, depth + 1) for key, item in pairs}
        if kind == "float" and content in ("nan", "inf", "-inf"):
            return float(content)
        if kind == "bytes":
            return bytes(self._blob(content))
        if kind == "npy":
            return tables.array_from_bytes(bytes(self._blob(content)))
        if kind == "arrow":
            return self.table(self._arrow(content))
        if kind == "handle":
            return self.handle(content)
        raise Malformed(f"{kind!r} is no kind of value")

    def _key(self, encoded: Any) -> Any:
        key = self.decode(encoded)
        if type(key) not in SCALARS:
            raise Malformed("a dictionary's key is not a scalar")
        return key

    def _blob(self, place: Any) -> memoryview:
        offset, length = _a_list(place)
        if type(offset) is not int or type(length) is not int:
            raise Malformed("a blob's place is not two integers")
        if offset < 0 or length < 0 or offset + length > len(self.blobs):
            raise Malformed("a blob lies outside the frame")
        return self.blobs[offset : offset + length]

    def _arrow(self, content: Any) -> tables.Table:
        index, series = _a_list(content["index"]), content["series"]
        if not all(type(name) is str for name in index) or type(series) is not bool:
            raise Malformed("a table's index or series is not what it should be")
        return tables.Table(bytes(self._blob(content["data"])), tuple(index), series)


def _a_list(content: Any) -> list[Any]:
    if type(content) is not list:
        raise Malformed("a list was expected")
    return content


def _printable(text: str) -> str:
    """Lone surrogates cannot be written to any file or terminal, so they do not enter."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
