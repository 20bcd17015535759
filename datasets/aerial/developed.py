"""Towns: streets, blocks of houses with gabled roofs and gardens, or large flat roofs among parked cars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .crowns import Stand, crowns
from .draws import Draws
from .fields import clouds, grain, ramp, shifted, turned
from .paint import lit, over, plain, varied

if TYPE_CHECKING:
    from numpy import intp
    from numpy.typing import NDArray

    from .paint import Colour, Field

ASPHALT, PAVEMENT = (138.0, 136.0, 134.0), (188.0, 184.0, 178.0)
LAWN, DRY_LAWN, TREE = (128.0, 132.0, 106.0), (166.0, 156.0, 130.0), (70.0, 84.0, 64.0)
ROOFS: tuple[Colour, ...] = (
    (150.0, 132.0, 118.0),
    (126.0, 112.0, 104.0),
    (176.0, 160.0, 146.0),
    (142.0, 100.0, 84.0),
    (112.0, 112.0, 116.0),
    (196.0, 192.0, 186.0),
)
FLAT_ROOFS: tuple[Colour, ...] = ((222.0, 220.0, 214.0), (198.0, 196.0, 192.0), (158.0, 154.0, 150.0))
CARS: tuple[Colour, ...] = (
    (232.0, 232.0, 230.0),
    (60.0, 62.0, 68.0),
    (138.0, 60.0, 54.0),
    (150.0, 156.0, 164.0),
)


@dataclass(frozen=True)
class Lots:
    """Cells of a street plan: where in its cell a pixel lies, and which cell that is."""

    along: Field
    across: Field
    cell: tuple[NDArray[intp], NDArray[intp]]


def developed(draws: Draws) -> Field:
    frame = turned(draws.direction())
    shops = draws.chance(0.3)
    width, depth = draws.between(70, 120), draws.between(56, 76)
    if shops:
        width, depth = draws.between(95, 150), draws.between(90, 140)
    blocks = lots(frame, width, depth, draws.between(0, width), draws.between(0, depth))
    lane = draws.between(4.0, 6.5)
    street = _edge(blocks, width, depth)
    picture = (
        _shops(draws, blocks, (width, depth), lane) if shops else _houses(draws, blocks, (width, depth), lane)
    )
    pavement = 1 - ramp(street, lane + 1.6, lane + 2.4)
    picture = over(picture, varied(draws, PAVEMENT), pavement)
    asphalt = lit(plain(varied(draws, ASPHALT, 12)), 0.05 * clouds(draws, 20, 2) + 0.04 * grain(draws))
    picture = over(picture, asphalt, 1 - ramp(street, lane - 0.5, lane + 0.5))
    picture = over(picture, PAVEMENT, 0.5 * (1 - ramp(street, 0.3, 0.9)))
    return _trees(draws, picture, street, lane, few=shops)


def lots(frame: tuple[Field, Field], width: float, depth: float, right: float, down: float) -> Lots:
    import numpy as np

    along, across = (frame[0] + right) / width + 50, (frame[1] + down) / depth + 50
    column, row = np.floor(along).astype(int), np.floor(across).astype(int)
    return Lots((along - column) * width, (across - row) * depth, (column, row))


def _edge(blocks: Lots, width: float, depth: float) -> Field:
    """How far it is to the middle of the nearest street."""
    import numpy as np

    inside_x = np.minimum(blocks.along, width - blocks.along)
    inside_y = np.minimum(blocks.across, depth - blocks.across)
    found: Field = np.minimum(inside_x, inside_y)
    return found


def _houses(draws: Draws, blocks: Lots, block: tuple[float, float], lane: float) -> Field:
    """Two rows of lots back to back in each block, a house on each lot."""
    import numpy as np

    dry = draws.between(0, 1)
    ground = over(
        plain(varied(draws, LAWN, 10)), varied(draws, DRY_LAWN, 10), ramp(clouds(draws, 30, 3) + dry, 0, 1)
    )
    side = draws.between(15, 22)
    houses = lots((blocks.along, blocks.across), side, block[1] / 2, 0, 0)
    cell = (blocks.cell[0] * 11 + houses.cell[0]) % 64, (blocks.cell[1] * 2 + houses.cell[1]) % 64
    chance = {
        name: draws.field(64, 64)[cell] for name in ("lawn", "roof", "long", "deep", "there", "turn", "drive")
    }
    ground = over(ground, DRY_LAWN, 0.7 * ramp(chance["lawn"], 0.5, 0.52))
    ground = lit(ground, 0.06 * clouds(draws, 6, 2) + 0.06 * grain(draws))
    x = np.abs(houses.along - side / 2)
    from_street = np.where(houses.cell[1] % 2 == 0, houses.across, block[1] / 2 - houses.across)
    drive = (np.abs(houses.along - side * (0.25 + 0.5 * (chance["drive"] > 0.5))) < 2.2) & (
        from_street < block[1] * 0.22
    )
    ground = over(ground, varied(draws, PAVEMENT), 0.9 * drive.astype("float32"))
    long, deep = side * (0.30 + 0.12 * chance["long"]), block[1] * (0.095 + 0.04 * chance["deep"])
    y = from_street - block[1] * 0.27
    there = (chance["there"] < draws.between(0.8, 1.0)) & (_edge(blocks, *block) > lane + 5)
    roof = (np.minimum(long - x, deep - np.abs(y)) > 0) & there
    ridge = np.where(chance["turn"] < 0.5, y, houses.along - side / 2)
    return _roofs(
        draws, ground, roof.astype("float32"), np.where(ridge > 0, -0.16, 0.1), chance["roof"], ROOFS
    )


def _shops(draws: Draws, blocks: Lots, block: tuple[float, float], lane: float) -> Field:
    """A large building to a block, and what is left of it is a car park."""
    import numpy as np

    ground = lit(plain(varied(draws, ASPHALT, 14)), 0.05 * clouds(draws, 40, 3) + 0.04 * grain(draws))
    bays = lots((blocks.along, blocks.across), 3.4, 13, 0, 0)
    ground = over(ground, PAVEMENT, 0.45 * ((bays.along < 0.8) & (bays.across < 9.5)).astype("float32"))
    cell = (blocks.cell[0] * 47 + bays.cell[0]) % 128, (blocks.cell[1] * 17 + bays.cell[1]) % 128
    kind, parked = draws.field(128, 128)[cell], draws.field(128, 128)[cell] < draws.between(0.2, 0.8)
    on_bay = (
        (np.abs(bays.along - 2.0) < 1.1) & (np.abs((bays.across % 4.75) - 2.4) < 2.0) & (bays.across < 9.5)
    )
    for number, colour in enumerate(CARS):
        share = on_bay & parked & (np.floor(kind * len(CARS)) == number)
        ground = over(ground, colour, share.astype("float32"))
    block_cell = blocks.cell[0] % 16, blocks.cell[1] % 16
    chance = [draws.field(16, 16)[block_cell] for _ in range(5)]
    x, y = blocks.along / block[0] - 0.3 - 0.4 * chance[0], blocks.across / block[1] - 0.3 - 0.4 * chance[1]
    roof = (np.abs(x) < 0.16 + 0.14 * chance[2]) & (np.abs(y) < 0.16 + 0.14 * chance[3])
    roof &= _edge(blocks, *block) > lane + 4
    small = lots((blocks.along, blocks.across), 17, 13, 0, 0)
    units = (np.abs(small.along - 8) < 1.6) & (np.abs(small.across - 6) < 1.6)
    shade = np.where(units, np.float32(-0.18), 0.03 * clouds(draws, 12, 2))
    return _roofs(draws, ground, roof.astype("float32"), shade, chance[4], FLAT_ROOFS)


def _roofs(
    draws: Draws, ground: Field, roof: Field, shade: Field, which: Field, colours: tuple[Colour, ...]
) -> Field:
    """Each with the colour that falls to it, and a shadow on the side away from the sun."""
    import numpy as np

    reach = draws.whole(2, 4)
    shadow = roof
    for step in range(1, reach + 1):
        shadow = np.maximum(shadow, shifted(roof, step, step))
    picture = lit(ground, -0.55 * (shadow * (1 - roof)))
    for number, colour in enumerate(colours):
        own = roof * (np.floor(which * len(colours)) == number)
        picture = over(picture, varied(draws, colour, 12), own)
    return lit(picture, shade * roof)


def _trees(draws: Draws, picture: Field, street: Field, lane: float, few: bool) -> Field:
    """In gardens and along the streets, over roofs and pavements as they come."""
    most = draws.between(0.02, 0.12) if few else draws.between(0.08, 0.6)
    stand = Stand(draws.between(9, 13), (2.2, 5.2), most * ramp(street, lane, lane + 1), ragged=0.3, shadow=4)
    trees = crowns(draws, stand, turned(draws.direction()))
    picture = over(lit(picture, -0.45 * trees.shadow), varied(draws, TREE, 10), trees.cover)
    return lit(picture, 0.4 * trees.light + 0.12 * grain(draws) * trees.cover)
