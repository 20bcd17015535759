"""Patient numbers: seven digits; a few patients come twice, and a few come again in the second year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .randomness import stream

if TYPE_CHECKING:
    from numpy import dtype, int64, ndarray

    Numbers = ndarray[tuple[int], dtype[int64]]

LOWEST = 1_000_000
HOW_MANY = 1_000_000


def first_year_patients(seed: int, rows: int) -> Numbers:
    """Drawn with repetition: of 10,000 some 50 are there before."""
    return LOWEST + stream(seed, "patients").integers(0, HOW_MANY, rows)


def second_year_patients(first_year: Numbers, seed: int, rows: int, returning: int) -> Numbers:
    """So many different patients of the first year, and newcomers, in random order."""
    import numpy as np

    random = stream(seed, "second year's patients")
    known = random.permutation(np.unique(first_year))[:returning]
    strangers = _never_seen(first_year)
    newcomers = strangers[random.integers(0, len(strangers), rows - returning)]
    return random.permutation(np.concatenate([known, newcomers]))


def _never_seen(patients: Numbers) -> Numbers:
    import numpy as np

    unseen = np.ones(HOW_MANY, dtype=np.bool_)
    unseen[patients - LOWEST] = False
    return LOWEST + np.flatnonzero(unseen)
