from __future__ import annotations

import io
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from course_runtime.classroom import Bounds, Refused, members

SMALL = Bounds(files=20, file=1_000_000, total=2_000_000, ratio=100, small=100_000)


@pytest.fixture
def packed(tmp_path: Path) -> Callable[..., Path]:
    """A zip of these files, by name."""

    def pack(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
        path = tmp_path / "anna.zip"
        with zipfile.ZipFile(path, "w", method) as archive:
            for name, content in files.items():
                archive.writestr(zipfile.ZipInfo(name), content, method)
        return path

    return pack


def test_files_come_with_their_names_and_contents(packed: Callable[..., Path]) -> None:
    path = packed({"exercise.py": b"x = 1", "data/a.csv": b"1"})
    assert {one.name: one.content for one in members(path, SMALL)} == {
        "exercise.py": b"x = 1",
        "data/a.csv": b"1",
    }


def test_backslashes_are_folders_and_rubbish_is_left_out(packed: Callable[..., Path]) -> None:
    path = packed({"data\\a.csv": b"1", "__MACOSX/._a": b"", "x/.DS_Store": b"", "./b.py": b""})
    assert [one.name for one in members(path, SMALL)] == ["data/a.csv", "b.py"]


def test_names_in_utf8_that_do_not_say_so_are_read(packed: Callable[..., Path]) -> None:
    path = packed({"Zoe.py": b""})
    path.write_bytes(path.read_bytes().replace(b"Zoe.py", b"Zo\xc3\xab.p"))
    assert [one.name for one in members(path, SMALL)] == ["Zoë.p"]


@pytest.mark.parametrize(
    "name",
    ["../up.py", "a/../../up.py", "/etc/passwd", "C:\\x.py", "C:x.py", "..\\up.py", "\\\\host\\x", "."],
)
def test_names_that_lead_elsewhere_are_refused(packed: Callable[..., Path], name: str) -> None:
    with pytest.raises(Refused, match=r"anna\.zip holds .*(leads out|absolute|without a name)"):
        list(members(packed({name: b""}), SMALL))


@pytest.mark.parametrize(
    ("kind", "word"),
    [(stat.S_IFLNK, "link"), (stat.S_IFCHR, "device"), (stat.S_IFIFO, "pipe"), (stat.S_IFBLK, "device")],
)
def test_links_and_devices_are_refused(tmp_path: Path, kind: int, word: str) -> None:
    path = tmp_path / "anna.zip"
    entry = zipfile.ZipInfo("exercise.py")
    entry.external_attr = (kind | 0o644) << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    with pytest.raises(Refused, match=word):
        list(members(path, SMALL))


def test_a_bomb_is_refused_by_its_ratio(packed: Callable[..., Path]) -> None:
    with pytest.raises(Refused, match="zip bomb"):
        list(members(packed({"zeros.csv": b"\0" * 900_000}), SMALL))


def test_one_that_is_too_large_in_one_file_or_in_all(packed: Callable[..., Path]) -> None:
    with pytest.raises(Refused, match=r"1,000,001 bytes"):
        list(members(packed({"a.csv": b"\0" * 1_000_001}), SMALL))
    many = {f"{number}.csv": bytes(range(256)) * 2_000 for number in range(5)}
    with pytest.raises(Refused, match=r"2,560,000 bytes"):
        list(members(packed(many, zipfile.ZIP_STORED), SMALL))


def test_a_file_that_is_longer_than_it_says_gives_no_more_than_it_says(packed: Callable[..., Path]) -> None:
    path = packed({"a.csv": b"\0" * 900_000})
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", 900_000), struct.pack("<L", 10)))
    with pytest.raises(Refused, match="broken"):
        list(members(path, SMALL))


def test_too_many_files_are_refused_before_their_list_is_read(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(1_000):
            archive.writestr(f"{number:04}", "")
    with pytest.raises(Refused, match="more than 20 files"):
        list(members(path, SMALL))
    with pytest.raises(Refused, match=r"holds 1,000 files"):
        list(members(path, Bounds(files=500, file=1, total=1)))


def test_a_list_of_files_in_the_large_format_counts_too(tmp_path: Path) -> None:
    end_64 = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 10**6, 10**6, 46 * 10**6, 0)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, 0, 1)
    end = b"PK\x05\x06" + struct.pack("<HHHHLLH", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    path = tmp_path / "large.zip"
    path.write_bytes(end_64 + locator + end)
    with pytest.raises(Refused, match="more than 20 files"):
        list(members(path, SMALL))


def test_the_same_name_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "anna.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("exercise.py", "1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("exercise.py", "2")
    with pytest.raises(Refused, match=r"'exercise\.py' twice"):
        list(members(path, SMALL))


def test_an_encrypted_one_is_refused(packed: Callable[..., Path]) -> None:
    path = packed({"exercise.py": b"x"})
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(Refused, match=r"encrypted.*password"):
        list(members(path, SMALL))


def test_other_ways_to_pack_are_refused(packed: Callable[..., Path]) -> None:
    with pytest.raises(Refused, match="method 14"):
        list(members(packed({"a.py": b"x"}, zipfile.ZIP_LZMA), SMALL))


@pytest.mark.parametrize("cut", [0, 1, 10, 50, 100])
def test_half_an_archive_is_refused(packed: Callable[..., Path], cut: int) -> None:
    path = packed({"a.py": b"x" * 100})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(Refused, match=r"anna\.zip is broken or no zip archive"):
        list(members(path, SMALL))


def test_damaged_contents_are_refused(packed: Callable[..., Path]) -> None:
    path = packed({"a.py": b"some text that is stored"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"some text", b"same text"))
    with pytest.raises(Refused, match="broken"):
        list(members(path, SMALL))


def test_an_archive_in_an_archive_is_a_file(packed: Callable[..., Path]) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("exercise.py", "1")
    assert [one.name for one in members(packed({"inner.zip": inner.getvalue()}), SMALL)] == ["inner.zip"]
