"""Random numbers that are the same on every machine and with every numpy.

Only streams whose values are promised for good are used (`random.Random.random`, `RandomState.random_sample`), and
what is computed from them is sums, products, quotients and roots, which every processor rounds alike.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from numpy import float32
    from numpy.typing import NDArray

Item = TypeVar("Item")


class Draws:
    """The chances of one tile, by its name."""

    def __init__(self, name: str) -> None:
        from numpy.random import RandomState

        self._random = random.Random(name)
        self._fields = RandomState(int(self._random.random() * 2**32))

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self._random.random()

    def chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def whole(self, low: int, high: int) -> int:
        """From `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def one_of(self, items: Sequence[Item]) -> Item:
        return items[self.whole(0, len(items) - 1)]

    def direction(self) -> tuple[float, float]:
        """A unit vector, from a rational point of the circle: sines differ between machines."""
        t = self.between(-1, 1)
        x, y = (1 - t * t) / (1 + t * t), 2 * t / (1 + t * t)
        return (x, y) if self.chance(0.5) else (-y, x)

    def field(self, *shape: int) -> NDArray[float32]:
        """Independent values from 0 to 1."""
        return self._fields.random_sample(shape).astype("float32")
