from __future__ import annotations

import sys
from pathlib import Path

import pytest

from .loading import load

diabetes = load()
plots = load("diabetes.plots")
pytest.importorskip("matplotlib")


@pytest.mark.parametrize("kind", ["clean", "raw", "drifted"])
def test_a_picture_is_written(kind: str, tmp_path: Path) -> None:
    picture = diabetes.plot(getattr(diabetes, kind)(1, rows=300), tmp_path / "pictures" / "one.png")
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_whole_numbers_stand_in_the_middle_of_their_bins() -> None:
    table = diabetes.clean(1)
    assert plots._edges(table["Pregnancies"], whole=True).tolist() == [count - 0.5 for count in range(16)]


@pytest.mark.parametrize("feature", diabetes.FEATURES)
def test_every_value_lies_in_a_bin(feature: str) -> None:
    values = diabetes.clean(1)[feature]
    edges = plots._edges(values, whole=feature not in ("BMI", "DiabetesPedigree"))
    assert edges[0] <= values.min() and values.max() <= edges[-1]
    assert len(edges) <= plots.MOST_BINS + 1


def test_without_matplotlib_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.figure", None)
    with pytest.raises(diabetes.DatasetError, match="python -m pip install matplotlib"):
        diabetes.plot(diabetes.clean(1, rows=10), tmp_path / "one.png")
