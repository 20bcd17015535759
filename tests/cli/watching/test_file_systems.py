from __future__ import annotations

from pathlib import Path

import pytest

from course_runtime.cli.watching.file_systems import kind_of, why_silent

MOUNTS = """\
/dev/sda / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
C:\\134 /mnt/c 9p rw 0 0
tmpfs /home/me/my\\040disk tmpfs rw 0 0
"""


@pytest.fixture
def mounts(tmp_path: Path) -> Path:
    (tmp_path / "mounts").write_text(MOUNTS)
    return tmp_path / "mounts"


@pytest.mark.parametrize(
    "folder, kind",
    [
        ("/srv/course", "ext4"),
        ("/home/me/course", "nfs4"),
        ("/homestead", "ext4"),
        ("/mnt/c/Users/me", "9p"),
        ("/home/me/my disk/course", "tmpfs"),
    ],
)
def test_the_nearest_mount_counts(mounts: Path, folder: str, kind: str) -> None:
    assert kind_of(Path(folder), mounts) == kind


def test_shares_are_told_apart(mounts: Path) -> None:
    assert "network share (nfs4)" in why_silent(Path("/home/me"), mounts)
    assert "WSL" in why_silent(Path("/mnt/c/course"), mounts)
    assert why_silent(Path("/srv"), mounts) == ""


def test_where_mounts_cannot_be_read_events_are_tried(tmp_path: Path) -> None:
    assert why_silent(Path("/srv"), tmp_path / "none") == ""
