from __future__ import annotations

from collections.abc import Callable

from azure.storage.filedatalake import FileSystemClient

Refused = Callable[..., tuple[int, str]]


def test_appended_content_counts_when_it_is_flushed(lake: FileSystemClient, refused: Refused) -> None:
    file = lake.create_file("x")
    file.append_data(b"hello ", 0)
    file.append_data(b"world", 6)
    assert file.get_file_properties().size == 0
    assert refused(file.flush_data, 20) == (400, "InvalidFlushPosition")
    file.flush_data(11)
    assert file.download_file().readall() == b"hello world"
    file.append_data(b"!", 11, flush=True)
    assert file.download_file().readall() == b"hello world!"


def test_a_gap_is_refused(lake: FileSystemClient, refused: Refused) -> None:
    file = lake.create_file("x")
    file.append_data(b"late", 10)
    assert refused(file.flush_data, 14) == (400, "InvalidFlushPosition")


def test_access_is_kept_in_both_notations(lake: FileSystemClient, refused: Refused) -> None:
    file = lake.create_file("d/x")
    assert file.get_access_control()["permissions"] == "rw-r-----"
    file.set_access_control(permissions="0754", owner="me")
    shown = file.get_access_control()
    assert (shown["owner"], shown["permissions"], shown["acl"]) == (
        "me",
        "rwxr-xr--",
        "user::rwx,group::r-x,other::r--",
    )
    file.set_access_control(acl="user::rw-,group::---,other::---")
    assert file.get_access_control()["permissions"] == "rw-------"
    assert refused(file.set_access_control, permissions="9") == (400, "InvalidHeaderValue")
    lake.get_directory_client("d").set_access_control_recursive("user::rwx,group::rwx,other::---")
    assert file.get_access_control()["permissions"] == "rwxrwx---"
