from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..loading import load

aerial = load("aerial")
MEANS = {
    "Barren": (184, 178, 168),
    "Cultivated": (95, 96, 86),
    "Developed": (143, 137, 129),
}
"""Of real tiles; the mean of ours may lie so far from them:"""
TOLERANCE = 14
PINNED = {
    "Barren": 1_755_185_108,
    "Cultivated": 401_401_082,
    "Developed": 1_133_891_672,
    "Forest": 407_764_402,
    "Herbaceous": 2_065_890_391,
    "Shrub": 2_013_668_213,
}


@pytest.fixture(scope="module")
def sample() -> dict[str, np.ndarray]:
    """Sixteen tiles of each class."""
    return {name: np.stack([aerial.tile(name, 3, number) for number in range(16)]) for name in aerial.CLASSES}


def contrast(tiles: np.ndarray) -> float:
    """The spread of brightness within a tile, on average."""
    return float(tiles.mean(axis=-1).std(axis=(1, 2)).mean())


def roughness(tiles: np.ndarray) -> float:
    """How much a pixel differs from the one beside it."""
    return float(np.abs(np.diff(tiles.mean(axis=-1), axis=2)).mean())


@pytest.mark.parametrize("name", aerial.CLASSES)
def test_the_pixels_are_the_same_on_every_machine(name: str) -> None:
    """If this fails after an upgrade, students and graders no longer see the same tiles."""
    assert zlib.crc32(aerial.tile(name, 7, 5).tobytes()) == PINNED[name]


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(aerial.CLASSES), st.integers(0, 2**40), st.integers(0, 10**6))
def test_any_seed_and_number_give_a_tile_again(name: str, seed: int, number: int) -> None:
    first = aerial.tile(name, seed, number)
    assert first.shape == (224, 224, 3) and first.dtype == np.uint8
    assert np.array_equal(first, aerial.tile(name, seed, number))
    assert not np.array_equal(first, aerial.tile(name, seed + 1, number))
    assert not np.array_equal(first, aerial.tile(name, seed, number + 1))


@pytest.mark.parametrize("name", MEANS)
def test_colours_are_those_of_real_tiles(name: str, sample: dict[str, np.ndarray]) -> None:
    found = sample[name].mean(axis=(0, 1, 2))
    assert np.abs(found - MEANS[name]).max() < TOLERANCE


def test_contrast_is_that_of_real_tiles(sample: dict[str, np.ndarray]) -> None:
    """Measured on real ones: 10, 18 and 32."""
    assert 4 < contrast(sample["Barren"]) < 14
    assert 12 < contrast(sample["Cultivated"]) < 24
    assert 26 < contrast(sample["Developed"]) < 42


def test_barren_is_the_brightest_and_forest_the_darkest(sample: dict[str, np.ndarray]) -> None:
    brightness = {name: tiles.mean() for name, tiles in sample.items()}
    assert max(brightness, key=brightness.__getitem__) == "Barren"
    assert min(brightness, key=brightness.__getitem__) == "Forest"


def test_smooth_land_is_smooth_and_towns_and_forests_are_rough(sample: dict[str, np.ndarray]) -> None:
    smooth = max(roughness(sample[name]) for name in ("Barren", "Herbaceous"))
    rough = min(roughness(sample[name]) for name in ("Developed", "Forest", "Shrub"))
    assert rough > 1.5 * smooth


def test_forests_and_grass_are_green(sample: dict[str, np.ndarray]) -> None:
    for name in ("Forest", "Herbaceous"):
        red, green, blue = sample[name].mean(axis=(0, 1, 2))
        assert green > red - 1 and green > blue + 5


def test_fields_have_rows(sample: dict[str, np.ndarray]) -> None:
    """In one direction a field repeats itself: its spectrum has a peak, that of grass has none."""

    def peak(tiles: np.ndarray) -> float:
        flat = tiles.mean(axis=-1) - tiles.mean(axis=(1, 2, 3))[:, None, None]
        power = np.abs(np.fft.fft2(flat)) ** 2
        power[:, :20, :20] = power[:, :20, -20:] = power[:, -20:, :20] = power[:, -20:, -20:] = 0
        return float(np.median(power.max(axis=(1, 2)) / power.sum(axis=(1, 2))))

    assert peak(sample["Cultivated"]) > 3 * peak(sample["Herbaceous"])


def test_tiles_of_a_class_differ(sample: dict[str, np.ndarray]) -> None:
    for tiles in sample.values():
        assert tiles.mean(axis=(1, 2)).std(axis=0).min() > 2


def test_a_class_that_is_none_is_refused() -> None:
    with pytest.raises(aerial.DatasetError, match="There is no land use 'Water'"):
        aerial.tile("Water", 1, 1)
