"""Plants from above: round crowns with a lit and a shaded side, and the shadows that they cast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .classes import SIDE
from .draws import Draws
from .fields import clouds, shifted

if TYPE_CHECKING:
    from numpy import floating
    from numpy.typing import NDArray

    Field = NDArray[floating[Any]]
    Grid = tuple[Field, Field]


@dataclass(frozen=True)
class Crowns:
    """`cover` is 1 under a crown, `light` about 0 where it is neither lit nor shaded, `tone` one value a crown."""

    height: Field
    cover: Field
    light: Field
    shadow: Field
    tone: Field


@dataclass(frozen=True)
class Stand:
    """How plants stand: one to a cell of `spacing` pixels at most, `jitter` of it off the middle."""

    spacing: float
    radius: tuple[float, float]
    density: Field | float = 1.0
    jitter: float = 0.9
    ragged: float = 0.25
    sun: tuple[int, int] = (-1, -1)
    shadow: int = 3


def crowns(draws: Draws, stand: Stand, frame: Grid) -> Crowns:
    """`frame` gives the two coordinates along which the cells lie."""
    import numpy as np

    height, tone = _domes(draws, stand, frame)
    cover = np.clip(2.5 * height, 0, 1)
    right, down = stand.sun
    towards = shifted(height, right, down)
    away = shifted(height, -right, -down)
    light = np.clip(2.2 * (away - towards), -1, 1) * cover
    return Crowns(height, cover, light, _shadow(height, stand) * (1 - cover), tone)


def _domes(draws: Draws, stand: Stand, frame: Grid) -> tuple[Field, Field]:
    """The highest dome over each pixel, from 0 to 1, and that plant's own tone."""
    import numpy as np

    reach = 0.75 * SIDE / stand.spacing + 3
    along, across = (axis / np.float32(stand.spacing) + np.float32(reach) for axis in frame)
    column, row = np.floor(along), np.floor(across)
    size = int(2 * reach) + 2
    cell = column.astype("intp") * size + row.astype("intp")
    place_x, place_y, thick, there, shade = (draws.field(size * size) for _ in range(5))
    edge = 1 + stand.ragged * clouds(draws, max(2.0, stand.spacing / 4))
    low, high = (radius / stand.spacing for radius in stand.radius)
    middle_x = along - column - np.float32(0.5 - stand.jitter / 2)
    middle_y = across - row - np.float32(0.5 - stand.jitter / 2)
    height = np.zeros((SIDE, SIDE), "float32")
    tone = np.full((SIDE, SIDE), 0.5, "float32")
    for right in (-1, 0, 1):
        for down in (-1, 0, 1):
            own = cell + (right * size + down)
            from_x = middle_x - right - stand.jitter * place_x.take(own)
            from_y = middle_y - down - stand.jitter * place_y.take(own)
            radius = (low + (high - low) * thick.take(own)) * edge
            dome = 1 - (from_x * from_x + from_y * from_y) / (radius * radius)
            higher = (dome > height) & (there.take(own) < stand.density)
            height = np.where(higher, dome, height)
            tone = np.where(higher, shade.take(own), tone)
    return np.sqrt(height), tone


def _shadow(height: Field, stand: Stand) -> Field:
    """Where a crown towards the sun stands in the light, weaker with the distance."""
    import numpy as np

    dark = np.zeros((SIDE, SIDE), "float32")
    for step in range(1, stand.shadow + 1):
        reach = shifted(height, -stand.sun[0] * step, -stand.sun[1] * step) - 0.8 * step / (stand.shadow + 1)
        dark = np.maximum(dark, np.clip(2.5 * reach, 0, 1))
    return dark
