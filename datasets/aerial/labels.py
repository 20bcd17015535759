"""Which tiles lie in the wrong folder, as some always do: an option, so that over-fitting can be seen."""

from __future__ import annotations

import math

from ..diabetes.errors import DatasetError
from .classes import CLASSES
from .draws import Draws

MOST_NOISE = 0.5


def shown(folder: str, seed: int, number: int, noise: float) -> str:
    """The class that the tile of this folder and number really shows.

    Wrong ones come at even distances, so that any first tiles hold their share of them, and more tiles change
    nothing about the first.
    """
    draws = Draws(f"label/{folder}/{seed}")
    offset = draws.between(0, 1)
    wrong = math.floor((number + 1) * noise + offset) > math.floor(number * noise + offset)
    if not wrong:
        return folder
    others = [name for name in CLASSES if name != folder]
    return Draws(f"label/{folder}/{seed}/{number}").one_of(others)


def checked_noise(noise: float) -> float:
    if not 0 <= noise <= MOST_NOISE:
        raise DatasetError(
            f"The share of wrong labels is from 0 to {MOST_NOISE}; {noise!r} came. Give for example 0.1."
        )
    return float(noise)
