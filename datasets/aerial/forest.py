"""Forest: a closed canopy of lit crowns with dark gaps between them, now and then a clearing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .crowns import Stand, crowns
from .draws import Draws
from .fields import clouds, grain, ramp, turned
from .paint import lit, over, plain, varied

if TYPE_CHECKING:
    from .paint import Field

BROADLEAF, CONIFER = (90.0, 102.0, 78.0), (72.0, 88.0, 72.0)
FLOOR, CLEARING = (44.0, 52.0, 44.0), (122.0, 120.0, 92.0)


def forest(draws: Draws) -> Field:
    import numpy as np

    conifers = draws.chance(0.5)
    green = varied(draws, CONIFER if conifers else BROADLEAF, 12)
    ground = lit(plain(varied(draws, FLOOR, 6)), 0.12 * grain(draws))
    openness = draws.between(-1.6, -0.75) if draws.chance(0.65) else draws.between(-0.75, 0.3)
    clearing = ramp(clouds(draws, draws.between(60, 120), 3) + openness, 0.0, 0.35)
    ground = over(ground, varied(draws, CLEARING, 14), clearing)
    picture = ground
    for spacing, density in ((draws.between(7, 10), 0.9), (draws.between(11, 16), draws.between(0.4, 0.9))):
        reach = (0.42, 0.62) if conifers else (0.5, 0.78)
        stand = Stand(
            spacing,
            (reach[0] * spacing, reach[1] * spacing),
            density * (1 - np.float32(0.92) * clearing),
            ragged=0.2,
            shadow=5 if conifers else 4,
        )
        trees = crowns(draws, stand, turned(draws.direction()))
        leaves = lit(plain(green), 0.42 * (trees.tone - 0.5) + 0.16 * grain(draws))
        leaves = over(leaves, _other(draws, green), 0.4 * ramp(trees.tone, 0.75, 0.9))
        picture = over(lit(picture, -0.6 * trees.shadow), leaves, trees.cover)
        picture = lit(picture, 0.45 * trees.light + 0.35 * (trees.height - 0.75) * trees.cover)
    return lit(picture, 0.07 * clouds(draws, 90, 2))


def _other(draws: Draws, green: tuple[float, float, float]) -> tuple[float, float, float]:
    """A tree of another kind, or one that the autumn has reached."""
    red, middle, blue = green
    return red + draws.between(0, 26), middle + draws.between(-6, 12), blue + draws.between(-10, 8)
