"""Shrub land: dark round bushes on tan soil, thick in one place and thin in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .crowns import Stand, crowns
from .draws import Draws
from .fields import clouds, grain, ramp, turned
from .paint import lit, over, plain, varied

if TYPE_CHECKING:
    from .paint import Field

TAN, STRAW = (168.0, 154.0, 128.0), (158.0, 150.0, 112.0)
BUSH, OLIVE = (88.0, 92.0, 66.0), (106.0, 108.0, 84.0)


def shrub(draws: Draws) -> Field:
    soil = over(
        plain(varied(draws, TAN, 12)), varied(draws, STRAW, 10), ramp(clouds(draws, 80, 3), -0.3, 0.7)
    )
    soil = lit(soil, 0.05 * clouds(draws, 14, 3) + 0.04 * grain(draws))
    thick = draws.between(0.3, 0.75) if draws.chance(0.8) else draws.between(0.08, 0.3)
    patches = 1 + draws.between(0.2, 1.0) * clouds(draws, draws.between(45, 110), 2)
    picture = soil
    for size in (draws.between(7, 9), draws.between(10, 14)):
        stand = Stand(size, (0.2 * size, 0.5 * size), thick * patches, ragged=0.4, shadow=2)
        bushes = crowns(draws, stand, turned(draws.direction()))
        leaves = over(plain(varied(draws, BUSH, 10)), varied(draws, OLIVE, 10), bushes.tone)
        picture = over(lit(picture, -0.35 * bushes.shadow), lit(leaves, 0.1 * grain(draws)), bushes.cover)
        picture = lit(picture, 0.3 * bushes.light)
    return picture
