from __future__ import annotations

import os
from collections.abc import Callable

from azure.storage.fileshare import ShareClient

Refused = Callable[..., tuple[int, str]]


def test_a_file_goes_up_and_comes_back(share: ShareClient) -> None:
    data = os.urandom(5_000_000)
    share.create_directory("dir")
    file = share.get_file_client("dir/x.bin")
    file.upload_file(data, metadata={"k": "v"})
    assert file.download_file().readall() == data
    shown = file.get_file_properties()
    assert (shown.size, shown.metadata) == (len(data), {"k": "v"})
    empty = share.get_file_client("empty")
    empty.upload_file(b"")
    assert empty.download_file().readall() == b""


def test_ranges_are_written_and_cleared_in_place(share: ShareClient) -> None:
    file = share.get_file_client("x")
    file.create_file(1024)
    file.upload_range(b"abcd", 10, 4)
    assert file.download_file(offset=8, length=8).readall() == b"\0\0abcd\0\0"
    assert file.get_ranges() == [{"start": 10, "end": 13}]
    file.clear_range(0, 512)
    assert file.get_ranges() == []
    file.resize_file(5)
    assert file.get_file_properties().size == 5


def test_directories_hold_files_and_must_be_empty_to_go(share: ShareClient, refused: Refused) -> None:
    share.create_directory("a")
    share.create_directory("a/b")
    share.get_file_client("a/b/x").upload_file(b"1")
    assert refused(share.create_directory, "no/where") == (404, "ParentNotFound")
    assert refused(share.create_directory, "a") == (409, "ResourceAlreadyExists")
    assert refused(share.delete_directory, "a") == (409, "DirectoryNotEmpty")
    assert [(one.name, one.is_directory) for one in share.list_directories_and_files()] == [("a", True)]
    inner = share.get_directory_client("a/b").list_directories_and_files()
    assert [(one.name, one.size) for one in inner] == [("x", 1)]
    share.get_file_client("a/b/x").delete_file()
    share.delete_directory("a/b")
    share.delete_directory("a")


def test_what_is_missing_has_a_name(share: ShareClient, refused: Refused) -> None:
    assert refused(share.get_file_client("no").download_file) == (404, "ResourceNotFound")
    assert refused(share.get_file_client("no").rename_file, "x") == (501, "NotImplementedByEmulator")
