from __future__ import annotations

import pytest
from pandas import DataFrame
from pandas.testing import assert_frame_equal

from .loading import load

diabetes = load()


@pytest.fixture
def files() -> dict[str, DataFrame]:
    found: dict[str, DataFrame] = diabetes.patient_files(8)
    return found


def test_one_file_has_the_age_and_the_other_the_seven_measures(files: dict[str, DataFrame]) -> None:
    measures = [name for name in diabetes.FEATURES if name != "Age"]
    assert {name: list(table) for name, table in files.items()} == {
        "patient-age.csv": ["Id", "PatientID", "Age"],
        "patient-levels.csv": ["Id", "PatientID", *measures],
    }
    assert [len(table) for table in files.values()] == [10_000, 10_000]


def test_joined_on_id_they_are_the_first_year(files: dict[str, DataFrame]) -> None:
    joined = files["patient-age.csv"].merge(files["patient-levels.csv"], on=["Id", "PatientID"])
    features = list(diabetes.FEATURES)
    assert_frame_equal(joined[["PatientID", *features]], diabetes.clean(8)[["PatientID", *features]])


def test_put_side_by_side_they_do_not_fit(files: dict[str, DataFrame]) -> None:
    assert (files["patient-age.csv"]["Id"] == files["patient-levels.csv"]["Id"]).mean() < 0.01


def test_joined_on_the_patient_they_have_rows_too_many(files: dict[str, DataFrame]) -> None:
    assert len(files["patient-age.csv"].merge(files["patient-levels.csv"], on="PatientID")) > 10_000
