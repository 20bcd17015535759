from __future__ import annotations

import sys

import numpy as np
import pytest

from .loading import load

diabetes = load()


def test_it_is_a_regression_table_of_442_patients() -> None:
    table = diabetes.progression()
    assert list(table) == [*"0123456789", "target"]
    assert len(table) == 442
    assert (table["target"].min(), table["target"].max()) == (25, 346)


def test_its_features_are_standardised() -> None:
    features = diabetes.progression().drop(columns="target")
    assert np.allclose(features.mean(), 0) and np.allclose((features**2).sum(), 1)


def test_without_scikit_learn_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    with pytest.raises(diabetes.DatasetError, match="python -m pip install scikit-learn"):
        diabetes.progression()
