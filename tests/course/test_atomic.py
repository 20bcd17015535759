from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from course_runtime.course.atomic import read_if_there, write_atomic
from course_runtime.course.errors import CourseError


def test_a_file_is_written_with_its_folders(tmp_path: Path) -> None:
    write_atomic(tmp_path / "a" / "b.txt", b"one")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"one"


def test_a_rewrite_keeps_the_permissions(tmp_path: Path) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(b"one")
    path.chmod(0o600)
    write_atomic(path, b"two")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"two", 0o600)


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.txt").write_bytes(b"one")
    (tmp_path / "link.txt").symlink_to("real.txt")
    write_atomic(tmp_path / "link.txt", b"two")
    assert (tmp_path / "link.txt").is_symlink()
    assert (tmp_path / "real.txt").read_bytes() == b"two"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "permission"),
        (errno.EIO, "error"),
    ],
)
def test_a_refusal_is_a_sentence_and_the_old_content_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    path = tmp_path / "b.txt"
    path.write_bytes(b"one")

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(CourseError, match=said) as refusal:
        write_atomic(path, b"two")
    assert "Nothing was lost" in refusal.value.message and refusal.value.next_step
    assert path.read_bytes() == b"one"
    assert os.listdir(tmp_path) == ["b.txt"]  # noqa: PTH208


def test_a_file_where_a_folder_is_needed_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"")
    with pytest.raises(CourseError, match="could not be written"):
        write_atomic(tmp_path / "a" / "b.txt", b"one")


def test_a_folder_where_a_file_is_expected_is_a_sentence(tmp_path: Path) -> None:
    assert read_if_there(tmp_path / "none") is None
    with pytest.raises(CourseError, match="cannot be read"):
        read_if_there(tmp_path)
