"""Fields: parcels of rows, each sown its own way, with tracks between them; orchards too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .crowns import Stand, crowns
from .draws import Draws
from .fields import clouds, grain, ramp, turned, wave
from .paint import lit, over, plain, varied

if TYPE_CHECKING:
    from .crowns import Grid
    from .paint import Field

SOILS = ((110.0, 98.0, 90.0), (98.0, 90.0, 84.0), (124.0, 112.0, 98.0))
CROPS = ((84.0, 100.0, 80.0), (94.0, 108.0, 82.0), (110.0, 112.0, 88.0), (78.0, 92.0, 78.0))
TRACK, LEAVES = (142.0, 132.0, 114.0), (66.0, 84.0, 58.0)


def cultivated(draws: Draws) -> Field:
    frame = turned(draws.direction())
    picture = _parcel(draws, frame)
    for axis in (0, 1):
        if draws.chance(0.45):
            border = draws.between(-70, 70)
            beyond = ramp(frame[axis], border - 0.5, border + 0.5)
            picture = over(picture, _parcel(draws, frame if draws.chance(0.5) else frame[::-1]), beyond)
            picture = _border(draws, picture, frame[axis] - border)
    return lit(picture, 0.05 * clouds(draws, 100, 2))


def _parcel(draws: Draws, frame: Grid) -> Field:
    if draws.chance(0.16):
        return _orchard(draws, frame)
    along, across = frame
    across = across + draws.between(0, 2) * clouds(draws, 120)
    soil, crop = varied(draws, draws.one_of(SOILS), 10), varied(draws, draws.one_of(CROPS), 10)
    grown = draws.between(0.1, 0.95)
    vigour = ramp(clouds(draws, draws.between(40, 100), 3), -1.1, 1.1) * 0.7 + grown - 0.35
    field = over(plain(soil), crop, ramp(vigour, 0.0, 1.0))
    rows = wave(across, draws.between(3.2, 9))
    field = lit(field, _strength(draws) * rows + 0.05 * grain(draws))
    passes = wave(across, draws.between(18, 42))
    field = lit(field, -draws.between(0.05, 0.28) * ramp(passes, 0.82, 0.97))
    return lit(field, 0.05 * clouds(draws, 12, 2) + 0.04 * wave(along, draws.between(90, 200)))


def _strength(draws: Draws) -> float:
    """Of rows; fallow land and young grass show hardly any."""
    return draws.between(0.1, 0.3) if draws.chance(0.75) else draws.between(0.0, 0.06)


def _orchard(draws: Draws, frame: Grid) -> Field:
    soil = lit(plain(varied(draws, SOILS[2], 12)), 0.05 * clouds(draws, 30, 3) + 0.05 * grain(draws))
    size = draws.between(8, 13)
    trees = crowns(
        draws, Stand(size, (0.32 * size, 0.46 * size), 0.95, jitter=0.12, ragged=0.2, shadow=3), frame
    )
    soil = over(lit(soil, -0.4 * trees.shadow), varied(draws, LEAVES, 10), trees.cover)
    return lit(soil, 0.4 * trees.light + 0.15 * grain(draws) * trees.cover)


def _border(draws: Draws, picture: Field, distance: Field) -> Field:
    """A farm track, or a strip of weeds."""
    import numpy as np

    width = draws.between(1.5, 4)
    strip = 1 - ramp(np.abs(distance), width, width + 1.2)
    return over(picture, varied(draws, TRACK if draws.chance(0.7) else LEAVES), 0.85 * strip)
