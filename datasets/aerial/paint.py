"""From fields to colours, and from colours to the picture that a camera in an aeroplane would bring home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .classes import SIDE
from .draws import Draws
from .fields import clouds, grain, soften

if TYPE_CHECKING:
    from numpy import floating, uint8
    from numpy.typing import NDArray

    Field = NDArray[floating[Any]]

Colour = tuple[float, float, float]


def plain(colour: Colour) -> Field:
    import numpy as np

    return np.broadcast_to(np.array(colour, "float32"), (SIDE, SIDE, 3))


def over(below: Field, above: Field | Colour, share: Field) -> Field:
    """`above` where `share` is 1, `below` where it is 0."""
    top = plain(above) if isinstance(above, tuple) else above
    return below + share[:, :, None] * (top - below)


def lit(picture: Field, by: Field) -> Field:
    """Brighter by that share, or darker where it is negative."""
    return picture * (1 + by)[:, :, None]


def varied(draws: Draws, colour: Colour, by: float = 8.0) -> Colour:
    """Another one of its kind."""
    red, green, blue = (part + draws.between(-by / 3, by / 3) for part in colour)
    brighter = draws.between(-by, by)
    return red + brighter, green + brighter, blue + brighter


def exposed(draws: Draws, picture: Field) -> NDArray[uint8]:
    """A lens that is not quite sharp, air that is not quite clear, a sensor that is not quite still."""
    import numpy as np

    blur = draws.between(0.25, 0.6)
    sharp = picture + blur * (soften(picture) - picture)
    haze, gain = draws.between(0, 0.06), draws.between(0.94, 1.06)
    seen = gain * (sharp + haze * (np.float32(190) - sharp))
    seen = lit(seen, 0.015 * clouds(draws, 120)) + (3.5 * grain(draws))[:, :, None]
    seen = seen + 3 * (draws.field(SIDE, SIDE, 3) - np.float32(0.5))
    found: NDArray[uint8] = np.clip(seen + np.float32(0.5), 0, 255).astype("uint8")
    return found
