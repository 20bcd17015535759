"""Folders of hidden tiles in the student's working folder, and comparisons of features."""

import numpy as np
import pytest

CLOSE = 2e-2
"""Of the features' own spread: another order of sums makes a thousandth of that, another preprocessing far more."""


@pytest.fixture
def put_tiles(student, world):
    """Writes tiles below a folder, a sub-folder a land use, named for this student; returns their paths."""

    def put(tiles, folder):
        paths = {}
        for number, tile in enumerate(world.shuffled(tiles)):
            path = f"{folder}/{tile.land_use}/{world.name('ortho')}_{number}.png"
            student.write(path, tile.png)
            paths[path] = tile
        return paths

    return put


@pytest.fixture
def fresh(student):
    """A worker in which TensorFlow has not run yet: a script is a fork of it."""
    student.close()
    return student


@pytest.fixture
def same_features():
    """Whether two arrays of features are the same up to rounding."""

    def same(found, expected):
        found, expected = np.asarray(found, "float64"), np.asarray(expected, "float64")
        spread = expected.std() or 1.0
        return found.shape == expected.shape and bool(np.abs(found - expected).max() < CLOSE * spread)

    return same


@pytest.fixture
def tile_of_row(same_features):
    """The tiles whose features the rows of an array are, None for a row that is no tile's."""

    def find(rows, tiles):
        return [next((tile for tile in tiles if same_features(row, tile.features)), None) for row in rows]

    return find
