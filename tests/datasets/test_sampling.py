from __future__ import annotations

import numpy as np
import pytest

from .loading import load

sampling = load("diabetes.sampling")
lumps = load("diabetes.lumps")
schema = load("diabetes.schema")
PATIENTS = 40_000


@pytest.mark.parametrize("label", [False, True], ids=["healthy", "diabetic"])
@pytest.mark.parametrize("feature", schema.FEATURES)
def test_each_lump_gets_its_share_of_its_class(feature: str, label: bool) -> None:
    drawn = sampling.draw_features(np.random.default_rng(5), np.full(PATIENTS, label))[feature]
    for lump in lumps.load_lumps()[feature]:
        share = (lump.diabetic if label else lump.healthy) / lumps.WHOLE
        inside = np.mean((drawn >= lump.low) & (drawn <= lump.high))
        assert inside == pytest.approx(share, abs=0.01), lump
        assert share > 0 or inside == 0, lump


def test_both_ends_of_a_lump_of_whole_numbers_come() -> None:
    one = [lumps.Lump(3, 5, lumps.WHOLE, lumps.WHOLE)]
    drawn = sampling._draw(np.random.default_rng(1), one, np.zeros(3_000, dtype=bool), None)
    values, counts = np.unique(drawn, return_counts=True)
    assert values.tolist() == [3, 4, 5]
    assert counts.min() > 900


def test_labels_have_the_prevalence() -> None:
    assert sampling.draw_labels(np.random.default_rng(2), 200_000).mean() == pytest.approx(0.334, abs=0.004)
