from __future__ import annotations

from pathlib import Path

import pytest
from pandas import DataFrame, read_csv
from pandas.testing import assert_frame_equal

from .loading import load

diabetes = load()
PLACES = {
    "clean": "diabetes.csv",
    "second_year": "diabetes2.csv",
    "raw": "diabetes-raw.csv",
    "baseline": "diabetes-baseline.csv",
    "drifted": "diabetes-drifted.csv",
    "patient_files": "patients",
    "batch_files": "batch",
    "progression": "diabetes_raw_data.csv",
}


def test_these_are_the_kinds() -> None:
    assert {kind: found.place for kind, found in diabetes.KINDS.items()} == PLACES


@pytest.mark.parametrize("kind", PLACES)
def test_writing_returns_what_was_written(kind: str, tmp_path: Path) -> None:
    written = diabetes.write(kind, tmp_path / "new" / "folder", 3)
    assert written == tmp_path / "new" / "folder" / PLACES[kind]
    assert [child.name for child in (tmp_path / "new" / "folder").iterdir()] == [PLACES[kind]]


@pytest.mark.parametrize("kind", ["clean", "second_year"])
def test_a_file_read_again_is_the_table(kind: str, tmp_path: Path) -> None:
    table: DataFrame = getattr(diabetes, kind)(3)
    assert_frame_equal(read_csv(diabetes.write(kind, tmp_path, 3)), table, check_exact=False, rtol=1e-14)


@pytest.mark.parametrize("kind", ["baseline", "drifted"])
def test_a_dated_file_read_again_is_the_table(kind: str, tmp_path: Path) -> None:
    read = read_csv(diabetes.write(kind, tmp_path, 3))
    assert set(read["Datetime"]) == {"2022-01-01" if kind == "baseline" else "2022-02-01"}
    table = getattr(diabetes, kind)(3).drop(columns="Datetime")
    assert_frame_equal(read.drop(columns="Datetime"), table, check_exact=False, rtol=1e-14)


def test_whole_numbers_are_written_whole_beside_nulls(tmp_path: Path) -> None:
    text = read_csv(diabetes.write("raw", tmp_path, 3), dtype=str)
    assert text["Age"].dropna().str.fullmatch(r"\d+").all()
    assert text["Age"].isna().any()


def test_the_patient_files_are_two(tmp_path: Path) -> None:
    folder = diabetes.write("patient_files", tmp_path, 3)
    for name, table in diabetes.patient_files(3).items():
        assert_frame_equal(read_csv(folder / name), table, check_exact=False, rtol=1e-14)


def test_the_batch_files_are_a_hundred(tmp_path: Path) -> None:
    folder = diabetes.write("batch_files", tmp_path, 3)
    assert {file.name: file.read_text() for file in folder.iterdir()} == diabetes.batch_files(3)


def test_no_line_ends_in_a_carriage_return(tmp_path: Path) -> None:
    assert b"\r" not in diabetes.write("clean", tmp_path, 3).read_bytes()


def test_an_unknown_kind_is_refused_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(diabetes.DatasetError) as refusal:
        diabetes.write("dirty", tmp_path, 3)
    assert str(refusal.value) == (
        "There is no data of the kind 'dirty'. Choose one of: clean, second_year, raw, baseline, drifted, "
        "patient_files, batch_files, progression."
    )
