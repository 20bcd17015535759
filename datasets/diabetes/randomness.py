"""Independent streams of random numbers: what one table draws changes nothing in another."""

from __future__ import annotations

import operator
import zlib
from typing import TYPE_CHECKING

from .errors import DatasetError

if TYPE_CHECKING:
    from numpy.random import Generator


def stream(seed: int, purpose: str) -> Generator:
    """The random numbers of this seed for this purpose, the same ones every time."""
    from numpy.random import default_rng

    return default_rng([zlib.crc32(purpose.encode()), checked_seed(seed)])


def checked_seed(seed: int) -> int:
    return _whole_number(seed, "The seed", at_least=0)


def checked_rows(rows: int, at_most: int | None = None) -> int:
    number = _whole_number(rows, "The number of rows", at_least=1)
    if at_most is not None and number > at_most:
        raise DatasetError(f"The number of rows is at most {at_most}; {number} came. Ask for fewer.")
    return number


def _whole_number(value: object, name: str, at_least: int) -> int:
    expected = (
        f"{name} is a whole number from {at_least} up; {value!r} came. Give for example {at_least + 41}."
    )
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise DatasetError(expected) from None
    if number < at_least or isinstance(value, bool):
        raise DatasetError(expected)
    return number
