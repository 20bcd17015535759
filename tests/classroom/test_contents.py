from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from course_runtime.classroom import HandedIn, Piece, Refused
from course_runtime.classroom.contents import Contents, contents_of, digest_of
from course_runtime.course import Module


def put(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for order, (name, text) in enumerate(files.items()):
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        os.utime(path, (1_000_000 + order, 1_000_000 + order))
    return folder


def handed_in(*paths: Path, names: tuple[str, ...] = ()) -> HandedIn:
    return HandedIn(
        "anna", tuple(Piece(path, name) for path, name in zip(paths, names or [""] * len(paths), strict=True))
    )


def read(module: Module, *paths: Path) -> Contents:
    return contents_of(handed_in(*paths), module)


def test_a_folder_with_all_that_is_in_it(module: Module, tmp_path: Path) -> None:
    found = read(module, put(tmp_path / "anna", exercise_DOT_py="1", data__a_DOT_csv="2"))
    assert found.files == {"exercise.py": b"1", "data/a.csv": b"2"}


@pytest.mark.parametrize("inside", ["module1_prices", "module1", "exercises__module1_prices", "my__work"])
def test_the_folder_that_holds_the_code_is_found(module: Module, tmp_path: Path, inside: str) -> None:
    found = read(module, put(tmp_path / "anna", **{f"{inside}__exercise_DOT_py": "1", "notes_DOT_txt": ""}))
    assert found.files == {"exercise.py": b"1"}


def test_among_several_modules_the_one_that_is_graded_counts(module: Module, tmp_path: Path) -> None:
    found = read(
        module, put(tmp_path / "anna", module0__exercise_DOT_py="0", module1_prices__exercise_DOT_py="1")
    )
    assert found.files == {"exercise.py": b"1"}
    with pytest.raises(Refused, match=r"several folders \(a, b\), and none is called module1_prices"):
        read(module, put(tmp_path / "ben", a__exercise_DOT_py="0", b__exercise_DOT_py="1"))


def test_an_archive_alone_in_a_folder_is_opened(module: Module, tmp_path: Path) -> None:
    folder = tmp_path / "anna"
    folder.mkdir()
    with zipfile.ZipFile(folder / "work.zip", "w") as archive:
        archive.writestr("work/exercise.py", "1")
    assert read(module, folder).files == {"exercise.py": b"1"}


def test_of_several_files_the_newest_counts_and_it_is_said(module: Module, tmp_path: Path) -> None:
    found = read(module, put(tmp_path / "anna", first_DOT_py="1", last_DOT_ipynb="2"))
    assert found.code == ["last.ipynb"]
    assert found.notes == ["last.ipynb is the newest and counts; first.py does not."]


def test_handed_in_again_the_newer_counts(module: Module, tmp_path: Path) -> None:
    folder = put(tmp_path / "class", a_1_1_exercise_DOT_py="old", b_1_2_exercise_DOT_py="new")
    found = contents_of(handed_in(*sorted(folder.iterdir()), names=("exercise.py", "exercise.py")), module)
    assert found.files == {"exercise.py": b"new"}
    assert "more than once" in found.notes[0]


def test_a_folder_without_code_says_what_it_holds(module: Module, tmp_path: Path) -> None:
    with pytest.raises(
        Refused, match=r"The submission of anna holds no \.py or \.ipynb file: it holds report\.pdf\."
    ):
        read(module, put(tmp_path / "anna", report_DOT_pdf="1"))
    with pytest.raises(Refused, match="it holds nothing"):
        read(module, put(tmp_path / "ben"))


def test_a_link_for_code_is_refused_by_name(module: Module, tmp_path: Path) -> None:
    secret = put(tmp_path / "others", exercise_DOT_py="secret") / "exercise.py"
    folder = put(tmp_path / "anna")
    (folder / "exercise.py").symlink_to(secret)
    with pytest.raises(Refused, match=r"exercise\.py is a link"):
        read(module, folder)


def test_a_pipe_does_not_block(module: Module, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "anna.py")
    with pytest.raises(Refused, match="not a file"):
        read(module, tmp_path / "anna.py")


def test_a_huge_file_is_left_out_or_refused(module: Module, tmp_path: Path) -> None:
    folder = put(tmp_path / "anna", exercise_DOT_py="1")
    with (folder / "data.bin").open("wb") as file:
        file.truncate(30_000_000)
    found = read(module, folder)
    assert list(found.files) == ["exercise.py"] and "data.bin" in found.notes[0]
    with (tmp_path / "ben.py").open("wb") as file:
        file.truncate(60_000_000)
    with pytest.raises(Refused, match="60,000,000 bytes"):
        read(module, tmp_path / "ben.py")


def test_what_is_written_is_what_was_read(module: Module, tmp_path: Path) -> None:
    found = read(
        module, put(tmp_path / "anna", exercise_DOT_py="1", exercise_DOT_ipynb="2", data__a_DOT_csv="3")
    )
    found.write(tmp_path / "copy")
    assert digest_of(handed_in(tmp_path / "copy"), module) == found.digest()
    os.utime(tmp_path / "copy" / "exercise.py", (2_000_000, 2_000_000))
    assert digest_of(handed_in(tmp_path / "copy"), module) != found.digest(), "now the script is newer"
