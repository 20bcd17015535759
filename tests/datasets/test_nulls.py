from __future__ import annotations

import pytest
from pandas.testing import assert_frame_equal

from .loading import load

diabetes = load()
SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_feature_has_one_to_two_percent_nulls(seed: int) -> None:
    nulls = diabetes.raw(seed).isna().mean()
    assert nulls[list(diabetes.FEATURES)].between(0.01, 0.02).all(), nulls
    assert nulls["PatientID"] == nulls["Diabetic"] == 0


def test_features_differ_in_how_many_are_missing() -> None:
    assert diabetes.raw(3)[list(diabetes.FEATURES)].isna().sum().nunique() > 4


@pytest.mark.parametrize("seed", SEEDS)
def test_nulls_hide_from_who_looks_at_head_and_tail_only(seed: int) -> None:
    table = diabetes.raw(seed)
    assert table.head(10).notna().all(axis=None) and table.tail(10).notna().all(axis=None)
    assert table[10:1_000].isna().any(axis=None) and table[9_000:-10].isna().any(axis=None)


def test_a_few_rows_have_none() -> None:
    assert diabetes.raw(1, rows=20).notna().all(axis=None)


def test_dropping_the_rows_with_nulls_leaves_rows_of_the_clean_table() -> None:
    whole = diabetes.raw(4).dropna()
    clean = diabetes.clean(4)
    assert 8_500 < len(whole) < 9_300
    assert_frame_equal(whole.astype(clean.dtypes.to_dict()), clean.loc[whole.index])


def test_whole_numbers_stay_whole_beside_nulls() -> None:
    assert {str(diabetes.raw(1)[name].dtype) for name in ("Age", "Pregnancies")} == {"Int64"}
