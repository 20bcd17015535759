from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ..loading import load

CLASSES = load("aerial").CLASSES
labels = load("aerial.labels")
SEEDS = st.integers(0, 2**32)
NOISE = st.floats(0.0, 0.5)


@given(st.sampled_from(CLASSES), SEEDS, st.integers(1, 300), NOISE)
def test_the_share_of_wrong_tiles_is_as_asked(folder: str, seed: int, count: int, noise: float) -> None:
    wrong = sum(labels.shown(folder, seed, number, noise) != folder for number in range(count))
    assert abs(wrong - noise * count) < 1.001


@given(st.sampled_from(CLASSES), SEEDS)
def test_without_noise_every_tile_is_right(folder: str, seed: int) -> None:
    assert all(labels.shown(folder, seed, number, 0.0) == folder for number in range(50))


def test_wrong_tiles_come_from_every_other_class() -> None:
    shown = {labels.shown("Forest", 1, number, 0.5) for number in range(200)}
    assert shown == set(CLASSES)
