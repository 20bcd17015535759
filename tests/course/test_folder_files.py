from __future__ import annotations

import os
from pathlib import Path

import pytest

from course_runtime.course import folder_files
from course_runtime.course.errors import CourseError
from course_runtime.course.folder_files import read_file, read_folder, read_named


def test_files_are_read_by_their_path_inside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rows.csv").write_bytes(b"1")
    (tmp_path / ".amlignore").write_bytes(b"*.csv")
    assert read_folder(tmp_path).files == {".amlignore": b"*.csv", "data/rows.csv": b"1"}


def test_links_caches_and_environments_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    folder = tmp_path / "work"
    for name in ("__pycache__", ".git", "env"):
        (folder / name).mkdir(parents=True)
        (folder / name / "file").write_bytes(b"x")
    (folder / "env" / "pyvenv.cfg").write_bytes(b"")
    (folder / "link").symlink_to(tmp_path / "secret")
    (folder / "folder_link").symlink_to(tmp_path)
    assert read_folder(folder).files == {}


def test_what_is_too_large_is_left_out_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_files, "LARGEST_FILE", 10)
    monkeypatch.setattr(folder_files, "LARGEST_FOLDER", 15)
    for name, size in (("a", 10), ("b", 11), ("c", 6), ("d", 5), ("e", 1)):
        (tmp_path / name).write_bytes(b"x" * size)
    found = read_folder(tmp_path)
    assert (list(found.files), found.left_out) == (["a", "d"], ["b", "c", "e"])


def test_a_folder_without_end_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_files, "MOST_ENTRIES", 3)
    monkeypatch.setattr(folder_files, "DEEPEST", 1)
    (tmp_path / "a" / "b" / "c").mkdir(parents=True)
    for number in range(5):
        (tmp_path / "a" / f"{number}").write_bytes(b"")
    found = read_folder(tmp_path)
    assert found.seen == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_does_not_make_the_reader_wait(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert read_folder(tmp_path).files == {}
    with pytest.raises(CourseError, match="not a file"):
        read_file(tmp_path / "pipe", 10)


def test_a_link_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/hostname")
    with pytest.raises(CourseError, match="it is a link"):
        read_file(tmp_path / "link", 10)


def test_a_file_beyond_the_bound_says_its_size(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    with pytest.raises(CourseError, match="11 bytes; at most 10"):
        read_file(tmp_path / "big", 10)


def test_named_files_are_read_and_no_link_is_followed_to_them(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    for name in ("train.py", "other.py"):
        (folder / name).write_bytes(b"x")
    (tmp_path / "rows.csv").write_bytes(b"secret")
    (folder / "data").symlink_to(tmp_path)
    assert read_named(folder, ["train.py", "data/rows.csv", "none.py"]).files == {"train.py": b"x"}
