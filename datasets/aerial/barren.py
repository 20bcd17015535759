"""Bare ground: pale and smooth, with dry channels, a few stones and hardly a plant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .crowns import Stand, crowns
from .draws import Draws
from .fields import clouds, grain, ramp, turned
from .paint import lit, over, plain, varied

if TYPE_CHECKING:
    from .paint import Field

SAND, ROCK = (186.0, 179.0, 168.0), (170.0, 164.0, 156.0)
PLANT = (118.0, 116.0, 92.0)


def barren(draws: Draws) -> Field:
    import numpy as np

    ground = plain(varied(draws, SAND, 12))
    ground = over(ground, varied(draws, ROCK, 10), ramp(clouds(draws, draws.between(40, 110), 4), 0.1, 0.9))
    ground = lit(ground, 0.03 * clouds(draws, draws.between(10, 30), 3) + 0.018 * grain(draws))
    for _ in range(draws.whole(0, 2)):
        valley = np.abs(clouds(draws, draws.between(70, 130), 3) + draws.between(-0.4, 0.4))
        depth = draws.between(-0.12, 0.07)
        ground = lit(ground, depth * (1 - ramp(valley, 0.0, draws.between(0.03, 0.08))))
    if draws.chance(0.3):
        ground = _track(draws, ground)
    return _plants(draws, ground)


def _track(draws: Draws, ground: Field) -> Field:
    """Where somebody drives now and then."""
    import numpy as np

    _, across = turned(draws.direction())
    off = np.abs(across + 14 * clouds(draws, 90) + draws.between(-70, 70))
    return lit(ground, 0.07 * (ramp(off, 1.0, 2.2) - ramp(off, 3.2, 4.6)))


def _plants(draws: Draws, ground: Field) -> Field:
    few = draws.between(0, 0.05) if draws.chance(0.75) else draws.between(0.08, 0.3)
    stand = Stand(draws.between(9, 14), (1.6, 3.2), few * (1 + clouds(draws, 60)), sun=(-1, -1), shadow=2)
    plants = crowns(draws, stand, turned(draws.direction()))
    ground = lit(ground, -0.25 * plants.shadow)
    return lit(over(ground, varied(draws, PLANT), 0.8 * plants.cover), 0.1 * plants.light)
