from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from course_runtime.classroom import Collected, collect
from course_runtime.grading import KitError


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


def put(folder: Path, *names: str) -> Path:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1\n")
    return folder


def students(collected: Collected) -> list[str]:
    return [one.student for one in collected.submissions]


def test_folders_files_and_archives_of_students(tmp_path: Path, scratch: Path) -> None:
    folder = put(
        tmp_path / "class", "anna/exercise.py", "ben_exercise.ipynb", "cleo.zip", "grades.csv", ".git/config"
    )
    collected = collect(folder, scratch)
    assert students(collected) == ["anna", "ben", "cleo"]
    assert collected.passed_over == ["grades.csv"]


def test_what_one_student_handed_in_in_several_files_is_one_submission(tmp_path: Path, scratch: Path) -> None:
    folder = put(
        tmp_path / "class", "meier_12_34_exercise.py", "meier_12_35_helpers.py", "meier_12_36_data.csv"
    )
    (found,) = collect(folder, scratch).submissions
    assert [piece.name for piece in found.pieces] == ["exercise.py", "helpers.py", "data.csv"]
    assert (found.student, found.lms_id) == ("meier_12", "12")


def test_one_archive_of_all_with_and_without_a_folder_around(tmp_path: Path, scratch: Path) -> None:
    for around in ("", "submissions/"):
        path = tmp_path / "all.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for student in ("anna", "ben"):
                archive.writestr(f"{around}{student}/exercise.py", "x = 1")
        inside = scratch / (around.strip("/") or "plain")
        inside.mkdir()
        assert students(collect(path, inside)) == ["anna", "ben"]


def test_the_time_of_an_archives_file_is_kept(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("anna/exercise.py", (2026, 3, 4, 5, 6, 8)), "x = 1")
    (found,) = collect(path, scratch).submissions
    assert found.submitted == pytest.approx(__import__("time").mktime((2026, 3, 4, 5, 6, 8, 0, 0, -1)))


def test_a_bad_archive_of_all_is_a_sentence(tmp_path: Path, scratch: Path) -> None:
    path = tmp_path / "all.zip"
    path.write_bytes(b"PK")
    with pytest.raises(KitError, match=r"all\.zip is broken"):
        collect(path, scratch)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../evil.py", "x = 1")
    with pytest.raises(KitError, match="leads out of its folder"):
        collect(path, scratch)
    assert not list(tmp_path.parent.glob("evil.py"))


def test_a_link_is_a_submission_with_a_problem(tmp_path: Path, scratch: Path) -> None:
    folder = put(tmp_path / "class", "anna/exercise.py")
    (folder / "ben").symlink_to(folder / "anna")
    assert {one.student: bool(one.problem) for one in collect(folder, scratch).submissions} == {
        "anna": False,
        "ben": True,
    }


def test_names_that_differ_in_case_are_two_students_and_in_spelling_one(
    tmp_path: Path, scratch: Path
) -> None:
    folder = put(
        tmp_path / "class",
        "Anna/exercise.py",
        "anna/exercise.py",
        "Zo\u00eb/exercise.py",
        "Zoe\u0308/exercise.py",
    )
    found = {one.student: one for one in collect(folder, scratch).submissions}
    assert sorted(found) == ["Anna", "Zo\u00eb", "anna"]
    assert "several submissions" in found["Zo\u00eb"].problem


def test_a_single_file_is_a_class_of_one(tmp_path: Path, scratch: Path) -> None:
    assert students(collect(put(tmp_path, "anna.py") / "anna.py", scratch)) == ["anna"]


def test_what_is_not_there_or_nothing_of_the_kind(tmp_path: Path, scratch: Path) -> None:
    with pytest.raises(KitError, match="does not exist"):
        collect(tmp_path / "nowhere", scratch)
    with pytest.raises(KitError, match="neither a folder"):
        collect(put(tmp_path, "notes.txt") / "notes.txt", scratch)


@pytest.mark.skipif(os.getuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read(tmp_path: Path, scratch: Path) -> None:
    folder = put(tmp_path / "class", "anna/exercise.py")
    folder.chmod(0)
    with pytest.raises(KitError, match="cannot be read"):
        collect(folder, scratch)
    folder.chmod(0o700)
