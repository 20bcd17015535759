"""One tile: the picture of a land use, by seed and number."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..diabetes.randomness import checked_seed
from .barren import barren
from .classes import CLASSES, checked_class
from .cultivated import cultivated
from .developed import developed
from .draws import Draws
from .forest import forest
from .herbaceous import herbaceous
from .paint import exposed
from .shrub import shrub

if TYPE_CHECKING:
    from numpy import uint8
    from numpy.typing import NDArray

    from .paint import Field

PAINTERS: dict[str, Callable[[Draws], Field]] = dict(
    zip(CLASSES, (barren, cultivated, developed, forest, herbaceous, shrub), strict=True)
)


def tile(name: str, seed: int, number: int) -> NDArray[uint8]:
    """224 x 224 pixels of red, green and blue; the same ones for the same arguments, wherever it is drawn."""
    draws = Draws(f"{checked_class(name)}/{checked_seed(seed)}/{number}")
    return exposed(draws, PAINTERS[name](draws))
