"""Data assets read as tables."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

from course_runtime.emulator.engine.tables import TableError, read_table

TABLE = pandas.DataFrame({"a": [1, 2, 3], "b": ["x", "y", "z"]})


def mltable(folder: Path, *lines: str) -> Path:
    (folder / "MLTable").write_text("\n".join(lines))
    return folder


def test_files_are_read_by_their_ending(tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "t.csv", index=False)
    TABLE.to_csv(tmp_path / "t.tsv", index=False, sep="\t")
    TABLE.to_parquet(tmp_path / "t.parquet")
    TABLE.to_json(tmp_path / "t.jsonl", orient="records", lines=True)
    for name in ("t.csv", "t.tsv", "t.parquet", "t.jsonl"):
        assert read_table(tmp_path / name).to_dict("list") == TABLE.to_dict("list")


def test_a_folder_is_its_files_one_after_the_other(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    TABLE.head(1).to_csv(tmp_path / "1.csv", index=False)
    TABLE.tail(2).to_csv(tmp_path / "sub" / "2.csv", index=False)
    assert list(read_table(tmp_path).a) == [1, 2, 3]


def test_an_mltable_says_which_files_and_what_becomes_of_them(tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "t.csv", index=False, sep=";")
    mltable(
        tmp_path,
        "paths:",
        "  - file: ./t.csv",
        "transformations:",
        "  - read_delimited:",
        "      delimiter: ';'",
        "  - keep_columns: [a]",
        "  - take: 2",
        "  - convert_column_types:",
        "      - columns: a",
        "        column_type: string",
    )
    for named in (tmp_path, tmp_path / "MLTable"):
        assert read_table(named).to_dict("list") == {"a": ["1", "2"]}


def test_an_mltable_pattern_and_no_header(tmp_path: Path) -> None:
    TABLE.to_csv(tmp_path / "t.csv", index=False, header=False)
    mltable(
        tmp_path, "paths: [{pattern: ./*.csv}]", "transformations: [{read_delimited: {header: no_header}}]"
    )
    assert list(read_table(tmp_path).columns) == ["Column1", "Column2"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["paths: [{file: ./gone.csv}]"], "'gone.csv' is not there"),
        (["paths: []"], "names no file under `paths`"),
        (["paths: [{file: ../../etc/passwd}]"], "lies outside its own folder"),
        (["paths: [{file: /etc/passwd}]"], "lies outside its own folder"),
        (["paths: ["], "is not YAML"),
        (["- a list"], "must be a mapping"),
        (
            ["paths: [{file: ./t.csv}]", "transformations: [{sparkle: 3}]"],
            "'sparkle' of an MLTable is not known",
        ),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, lines: list[str], said: str) -> None:
    TABLE.to_csv(tmp_path / "t.csv", index=False)
    with pytest.raises(TableError) as problem:
        read_table(mltable(tmp_path, *lines))
    assert said in str(problem.value)


def test_an_empty_folder_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="No table was found"):
        read_table(tmp_path)
