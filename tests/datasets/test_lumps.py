from __future__ import annotations

from itertools import pairwise

import pytest

from .loading import load

lumps = load("diabetes.lumps")
schema = load("diabetes.schema")
FEATURES = schema.FEATURES


def test_every_feature_has_lumps() -> None:
    assert tuple(lumps.load_lumps()) == FEATURES


@pytest.mark.parametrize("feature", FEATURES)
def test_the_shares_of_each_class_add_up(feature: str) -> None:
    parts = lumps.load_lumps()[feature]
    assert sum(part.healthy for part in parts) == lumps.WHOLE
    assert sum(part.diabetic for part in parts) == lumps.WHOLE


@pytest.mark.parametrize("feature", FEATURES)
def test_lumps_lie_side_by_side(feature: str) -> None:
    """Whole numbers: the next lump begins one higher. Others: where this one ends."""
    gap = 0 if feature in schema.DECIMALS else 1
    parts = lumps.load_lumps()[feature]
    assert [after.low for _, after in pairwise(parts)] == [before.high + gap for before, _ in pairwise(parts)]
