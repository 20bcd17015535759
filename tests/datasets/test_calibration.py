"""The tables have the shape of the labs' diabetes.csv: each published figure, on 20 seeds."""

from __future__ import annotations

import numpy as np
import pytest
from pandas import DataFrame

from .loading import load

diabetes = load()
SEEDS = range(20)
FEATURES = list(diabetes.FEATURES)
SUMMARY = ("mean", "std", "min", "25%", "50%", "75%", "95%", "max", "skew", "r", "if healthy", "if diabetic")
PUBLISHED = DataFrame(
    {
        "Pregnancies": [3.256, 3.406, 0, 0, 2, 6, 9, 14, 0.81, 0.405, 2.28, 5.20],
        "PlasmaGlucose": [107.850, 31.921, 44, 84, 105, 129, 168, 192, 0.33, 0.129, 104.9, 113.7],
        "DiastolicBloodPressure": [71.208, 16.801, 24, 58, 72, 85, 96, 117, -0.11, 0.087, 70.2, 73.3],
        "TricepsThickness": [28.818, 14.506, 7, 15, 31, 41, 52, 92, 0.16, 0.144, 27.3, 31.8],
        "SerumInsulin": [139.244, 133.778, 14, 39, 85, 197, 409, 796, 1.74, 0.245, 116.0, 185.5],
        "BMI": [31.567, 9.804, 18.201, 21.247, 31.922, 39.329, 47.101, 56.035, 0.19, 0.213, 30.1, 34.5],
        "DiabetesPedigree": [0.401, 0.381, 0.078, 0.137, 0.2, 0.621, 1.147, 2.302, 1.68, 0.172, 0.355, 0.493],
        "Age": [30.134, 12.106, 21, 22, 24, 35, 57, 77, 1.49, 0.357, 27.1, 36.2],
    },
    index=list(SUMMARY),
)
PREGNANCIES = [2879, 1932, 623, 784, 454, 456, 720, 606, 446, 602, 298, 87, 43, 49, 21]
DIABETIC_BY_PREGNANCIES = [
    *[0.011, 0.082, 0.833, 0.689, 0.868, 0.864, 0.369, 0.239, 0.646, 0.525, 0.399, 0.667],
    *[1.0, 1.0, 1.0],
]
DIABETIC_BY_RANGE = [
    ("BMI", 18, 22, 0.06),
    ("BMI", 22, 25, 0.52),
    ("BMI", 25, 30, 0.78),
    ("BMI", 30, 35, 0.65),
    ("BMI", 35, 45, 0.30),
    ("BMI", 45, 60, 0.50),
    ("SerumInsulin", 0, 50, 0.10),
    ("SerumInsulin", 50, 100, 0.65),
    ("SerumInsulin", 100, 150, 0.16),
    ("PlasmaGlucose", 100, 110, 0.70),
    ("PlasmaGlucose", 120, 130, 0.22),
    ("PlasmaGlucose", 170, 200, 0.73),
    ("Age", 35, 45, 0.80),
    ("Age", 50, 60, 0.80),
    ("Age", 60, 80, 0.38),
]


@pytest.fixture(scope="module", params=SEEDS)
def table(request: pytest.FixtureRequest) -> DataFrame:
    made: DataFrame = diabetes.clean(request.param)
    return made


@pytest.fixture(scope="module")
def many_patients() -> DataFrame:
    """So many that chance hardly shows."""
    made: DataFrame = diabetes.clean(11, rows=300_000)
    return made


def summary(table: DataFrame) -> DataFrame:
    measured = table[FEATURES].describe(percentiles=[0.25, 0.5, 0.75, 0.95]).drop("count")
    measured.loc["skew"] = table[FEATURES].skew()
    measured.loc["r"] = table[FEATURES].corrwith(table["Diabetic"])
    means = table.groupby("Diabetic")[FEATURES].mean()
    measured.loc["if healthy"], measured.loc["if diabetic"] = means.loc[0], means.loc[1]
    return measured.loc[list(SUMMARY)]


def test_about_a_third_is_diabetic(table: DataFrame) -> None:
    assert 0.32 <= table["Diabetic"].mean() <= 0.35


def test_every_feature_has_its_centre_and_spread(table: DataFrame) -> None:
    """In units of the published standard deviation; skew and correlation as they are."""
    away = (summary(table) - PUBLISHED).abs()
    scaled = away / PUBLISHED.loc["std"]
    assert (scaled.loc[["mean", "std", "if healthy", "if diabetic"]] < 0.07).all(axis=None), scaled
    assert (away.loc["r"] < 0.04).all(), away
    assert (away.loc["skew"] < 0.2).all(), away


def test_every_feature_has_its_quantiles(table: DataFrame) -> None:
    """Within a sixth of a standard deviation, or one where the numbers are whole."""
    quantiles = ["25%", "50%", "75%", "95%"]
    near = (PUBLISHED.loc["std"] / 6).clip(
        lower=[0 if name == "DiabetesPedigree" else 1 for name in FEATURES]
    )
    assert (((summary(table) - PUBLISHED).loc[quantiles]).abs() <= near).all(axis=None)


def test_every_feature_has_its_range(table: DataFrame) -> None:
    measured, span = summary(table), PUBLISHED.loc["max"] - PUBLISHED.loc["min"]
    assert (((measured - PUBLISHED).loc["min"]).abs() / span < 0.01).all(), measured
    assert (((measured - PUBLISHED).loc["max"]).abs() / span < 0.10).all(), measured


def test_pregnancies_tell_most_of_the_label(table: DataFrame) -> None:
    assert 0.35 <= table["Pregnancies"].corr(table["Diabetic"]) <= 0.45


def test_pregnancies_are_counted_as_published(table: DataFrame) -> None:
    counts = table["Pregnancies"].value_counts().sort_index()
    assert counts.tolist() == pytest.approx(PREGNANCIES, abs=180)


def test_within_a_class_no_feature_tells_of_another(table: DataFrame) -> None:
    for _, patients in table.groupby("Diabetic"):
        assert largest_correlation(patients[FEATURES]) < 0.075


def test_across_the_classes_features_are_hardly_related(table: DataFrame) -> None:
    assert largest_correlation(table[FEATURES]) < 0.18


def test_with_many_patients_the_independence_is_exact(many_patients: DataFrame) -> None:
    """The squares too: a dependence that is no straight line would show in them."""
    for _, patients in many_patients.groupby("Diabetic"):
        centred = patients[FEATURES] - patients[FEATURES].mean()
        assert largest_correlation(centred) < 0.015
        assert largest_correlation(centred**2) < 0.015


def test_the_label_goes_up_and_down_with_pregnancies(many_patients: DataFrame) -> None:
    shares = many_patients.groupby("Pregnancies")["Diabetic"].mean()
    assert shares.tolist() == pytest.approx(DIABETIC_BY_PREGNANCIES, abs=0.04)


@pytest.mark.parametrize(("feature", "low", "high", "share"), DIABETIC_BY_RANGE)
def test_the_label_goes_up_and_down_with_other_features(
    many_patients: DataFrame, feature: str, low: int, high: int, share: float
) -> None:
    inside = many_patients[many_patients[feature].between(low, high, inclusive="left")]
    assert inside["Diabetic"].mean() == pytest.approx(share, abs=0.07)


def test_the_label_dips_between_45_and_50(many_patients: DataFrame) -> None:
    ages = many_patients["Age"] // 5 * 5
    shares = many_patients.groupby(ages)["Diabetic"].mean()
    assert shares[45] < shares[40] - 0.1 and shares[45] < shares[50] - 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_the_second_year_is_like_the_first(seed: int) -> None:
    table = diabetes.second_year(seed)
    away = (summary(table) - PUBLISHED).abs()
    scaled = away / PUBLISHED.loc["std"]
    assert 0.31 <= table["Diabetic"].mean() <= 0.36
    assert (scaled.loc[["mean", "std", "if healthy", "if diabetic"]] < 0.1).all(axis=None), scaled
    assert (away.loc["r"] < 0.055).all(), away


def test_hardly_a_value_with_decimals_comes_twice(table: DataFrame) -> None:
    assert (table[["BMI", "DiabetesPedigree"]].nunique() >= 9_995).all()


def largest_correlation(table: DataFrame) -> float:
    return float(np.abs(np.triu(table.corr().to_numpy(), 1)).max())
