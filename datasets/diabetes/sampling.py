"""Draws patients: first who is diabetic, then every measure on its own, as that class has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .lumps import WHOLE, Lump, load_lumps
from .schema import DECIMALS, FEATURES

if TYPE_CHECKING:
    from numpy import bool_, dtype, float64, int64, ndarray
    from numpy.random import Generator

    Labels = ndarray[tuple[int], dtype[bool_]]
    Numbers = ndarray[tuple[int], dtype[float64]]
    Wholes = ndarray[tuple[int], dtype[int64]]

PREVALENCE = 0.334


def draw_labels(random: Generator, rows: int) -> Labels:
    return random.random(rows) < PREVALENCE


def draw_features(random: Generator, diabetic: Labels) -> dict[str, Numbers | Wholes]:
    """Within a class no measure depends on another."""
    lumps = load_lumps()
    return {feature: _draw(random, lumps[feature], diabetic, DECIMALS.get(feature)) for feature in FEATURES}


def _draw(random: Generator, lumps: list[Lump], diabetic: Labels, decimals: int | None) -> Numbers | Wholes:
    import numpy as np

    chosen = _choose_lumps(random, lumps, diabetic)
    low = np.array([lump.low for lump in lumps])[chosen]
    high = np.array([lump.high for lump in lumps])[chosen]
    position: Numbers = random.random(len(diabetic))
    if decimals is not None:
        fractions: Numbers = np.round(low + position * (high - low), decimals)
        return fractions
    wholes: Wholes = np.floor(low + position * (high + 1 - low)).astype(np.int64)
    return wholes


def _choose_lumps(random: Generator, lumps: list[Lump], diabetic: Labels) -> ndarray[Any, dtype[int64]]:
    """The index of one lump a patient, each as likely as its share of the patient's class."""
    import numpy as np

    share = random.random(len(diabetic)) * WHOLE
    healthy_ends = np.cumsum([lump.healthy for lump in lumps])
    diabetic_ends = np.cumsum([lump.diabetic for lump in lumps])
    return np.where(
        diabetic,
        np.searchsorted(diabetic_ends, share, side="right"),
        np.searchsorted(healthy_ends, share, side="right"),
    )
