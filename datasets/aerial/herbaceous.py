"""Grass land: smooth and green to straw, fine-grained, with paths, and a tree here and there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .crowns import Stand, crowns
from .draws import Draws
from .fields import clouds, grain, ramp, turned, wave
from .paint import lit, over, plain, varied

if TYPE_CHECKING:
    from .paint import Field

GREEN, STRAW = (120.0, 128.0, 98.0), (160.0, 151.0, 118.0)
DAMP, EARTH = (100.0, 114.0, 88.0), (168.0, 156.0, 128.0)
TREE = (72.0, 86.0, 60.0)


def herbaceous(draws: Draws) -> Field:
    import numpy as np

    season = draws.between(-0.7, 0.7)
    grass = over(
        plain(varied(draws, GREEN, 10)),
        varied(draws, STRAW, 10),
        ramp(clouds(draws, draws.between(50, 120), 4) + season, -0.8, 0.8),
    )
    damp = ramp(clouds(draws, draws.between(40, 90), 3), 0.35, 1.0)
    grass = over(grass, varied(draws, DAMP), draws.between(0.2, 0.8) * damp)
    grass = lit(grass, 0.045 * clouds(draws, draws.between(5, 9), 2) + 0.05 * grain(draws))
    for _ in range(draws.whole(0, 2)):
        _, across = turned(draws.direction())
        off = np.abs(across + 16 * clouds(draws, 60, 2) + draws.between(-90, 90))
        path = draws.between(0.2, 0.6) * (1 - ramp(off, 0.5, draws.between(1.5, 3)))
        grass = over(grass, varied(draws, EARTH), path)
    if draws.chance(0.15):
        along, _ = turned(draws.direction())
        grass = lit(grass, draws.between(0.02, 0.05) * wave(along, draws.between(8, 16)))
    return _trees(draws, grass)


def _trees(draws: Draws, grass: Field) -> Field:
    few = draws.between(0, 0.03) if draws.chance(0.75) else draws.between(0.05, 0.3)
    stand = Stand(draws.between(14, 20), (2.5, 7), few * (1 + clouds(draws, 70)), shadow=4)
    trees = crowns(draws, stand, turned(draws.direction()))
    grass = over(lit(grass, -0.45 * trees.shadow), varied(draws, TREE), trees.cover)
    return lit(grass, 0.35 * trees.light + 0.1 * grain(draws) * trees.cover)
