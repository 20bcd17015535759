"""The tiles as image files: train/<Class>/tile_0001.png and valid/<Class>/tile_0001.png."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from ..diabetes.randomness import checked_rows, checked_seed
from .classes import CLASSES
from .labels import checked_noise, shown
from .tiles import tile

FIRST_NUMBER = {"train": 0, "valid": 1_000_000}
"""No tile of one part is ever a tile of the other."""
FEWEST_FOR_A_POOL = 64
AT_ONCE = 8  # tiles a process takes from the queue
QUICK = 3  # how hard PNG tries


@dataclass(frozen=True)
class Order:
    """One file to write."""

    file: Path
    name: str
    seed: int
    number: int


def write(
    folder: Path, seed: int, train: int = 48, valid: int = 16, noise: float = 0.0, jobs: int | None = None
) -> Path:
    """So many tiles a class under the folder, `noise` of the training ones in a wrong class; returns the folder."""
    orders = list(
        _orders(Path(folder), checked_seed(seed), {"train": train, "valid": valid}, checked_noise(noise))
    )
    for place in {order.file.parent for order in orders}:
        place.mkdir(parents=True, exist_ok=True)
    processes = jobs or os.cpu_count() or 1
    if processes == 1 or len(orders) < FEWEST_FOR_A_POOL:
        for order in orders:
            _draw(order)
    else:
        with ProcessPoolExecutor(processes) as pool:
            for _ in pool.map(_draw, orders, chunksize=AT_ONCE):
                pass
    return Path(folder)


def _orders(folder: Path, seed: int, parts: dict[str, int], noise: float) -> Iterator[Order]:
    for part, count in parts.items():
        share = noise if part == "train" else 0.0
        for name in CLASSES:
            for position in range(checked_rows(count)):
                file = folder / part / name / f"tile_{position + 1:04}.png"
                own = shown(name, seed, position, share)
                yield Order(file, own, seed, FIRST_NUMBER[part] + position + _apart(name, own))


def _apart(folder: str, own: str) -> int:
    """So that a tile in a wrong folder is not the twin of one in the right folder."""
    return 0 if folder == own else 10_000_000 * (1 + CLASSES.index(folder))


def _draw(order: Order) -> None:
    from PIL import Image

    Image.fromarray(tile(order.name, order.seed, order.number)).save(order.file, compress_level=QUICK)
