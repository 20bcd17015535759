"""Textures without objects: smooth clouds, grain, and coordinates turned into some direction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .classes import SIDE
from .draws import Draws

if TYPE_CHECKING:
    from numpy import floating
    from numpy.typing import NDArray

    Field = NDArray[floating[Any]]


def clouds(draws: Draws, size: float, octaves: int = 1) -> Field:
    """Values about 0, mostly from -1 to 1, that change over `size` pixels; further octaves halve it."""
    total = _smooth(draws, size)
    weight, weights = 1.0, 1.0
    for octave in range(1, octaves):
        weight *= 0.55
        weights += weight * weight
        total = total + weight * _smooth(draws, size / 2**octave)
    found: Field = total / float(weights) ** 0.5
    return found


def grain(draws: Draws) -> Field:
    """A value for each pixel by itself, from -1 to 1, those about 0 the likeliest."""
    return draws.field(SIDE, SIDE) + draws.field(SIDE, SIDE) - 1


def turned(direction: tuple[float, float]) -> tuple[Field, Field]:
    """Each pixel's distance along the direction, and across it."""
    import numpy as np

    x, y = direction
    step = np.arange(SIDE, dtype="float32") - SIDE / 2
    along, down = step[None, :], step[:, None]
    return x * along + y * down, x * down - y * along


def wave(distance: Field, period: float) -> Field:
    """From -1 in the furrows to 1 on the ridges: parabolas in the place of a sine."""
    import numpy as np

    place = distance / period
    place = 2 * (place - np.floor(place)) - 1
    found: Field = 4 * place * (1 - np.abs(place))
    return found


def ramp(values: Field, low: float, high: float) -> Field:
    """0 below `low`, 1 above `high`, smooth between them."""
    import numpy as np

    step = np.clip((values - low) / (high - low), 0, 1)
    found: Field = step * step * (3 - 2 * step)
    return found


def soften(values: Field, times: int = 1) -> Field:
    """As a lens does: each pixel takes from its four neighbours."""
    for _ in range(times):
        across = _with_neighbours(values, 1)
        values = _with_neighbours(across, 0)
    return values


def shifted(values: Field, right: int, down: int) -> Field:
    """Moved by whole pixels; what comes in at the edge repeats the edge."""
    return _moved(_moved(values, down, 0), right, 1)


def _moved(values: Field, by: int, axis: int) -> Field:
    import numpy as np

    if by == 0:
        return values
    index = np.clip(np.arange(SIDE) - by, 0, SIDE - 1)
    return values.take(index, axis)


def _with_neighbours(values: Field, axis: int) -> Field:
    found: Field = 0.5 * values + 0.25 * _moved(values, 1, axis) + 0.25 * _moved(values, -1, axis)
    return found


def _smooth(draws: Draws, size: float) -> Field:
    """Random values on a grid of `size` pixels, blended between its points."""
    import numpy as np

    points = int(SIDE / size) + 3
    values = 2 * draws.field(points, points) - 1
    place = np.arange(SIDE, dtype="float32") / np.float32(size) + np.float32(draws.between(0, 1))
    low = np.floor(place).astype(int)
    step = place - low
    step = step * step * (3 - 2 * step)
    rows = values[low, :] * (1 - step)[:, None] + values[low + 1, :] * step[:, None]
    found: Field = 1.5 * (rows[:, low] * (1 - step) + rows[:, low + 1] * step)
    return found
