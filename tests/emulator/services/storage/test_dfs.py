from __future__ import annotations

import os
from collections.abc import Callable

from azure.storage.filedatalake import DataLakeServiceClient, FileSystemClient

from tests.emulator.services.storage.conftest import FixedToken, StorageAccount

Refused = Callable[..., tuple[int, str]]
CONTRIBUTOR = "ba92f5b4-2d11-453d-a403-e96b0029c9fe"


def paths(lake: FileSystemClient, **wanted: object) -> list[tuple[str, bool]]:
    return [(one.name, one.is_directory) for one in lake.get_paths(**wanted)]


def test_a_file_is_a_blob_and_a_blob_a_file(account: StorageAccount, lake: FileSystemClient) -> None:
    data = os.urandom(5_000_000)
    lake.get_file_client("a/b/up.bin").upload_data(data, overwrite=True, metadata={"k": "v"})
    blob = account.blobs().get_blob_client("lake", "a/b/up.bin")
    assert blob.download_blob().readall() == data
    assert blob.get_blob_properties().metadata == {"k": "v"}
    account.blobs().get_blob_client("lake", "c/d").upload_blob(b"hello")
    assert lake.get_file_client("c/d").download_file().readall() == b"hello"
    expected = [("a", True), ("a/b", True), ("a/b/up.bin", False), ("c", True), ("c/d", False)]
    assert paths(lake) == expected
    assert paths(lake, recursive=False) == [("a", True), ("c", True)]
    assert paths(lake, path="a", recursive=False) == [("a/b", True)]
    assert paths(lake, max_results=2) == expected


def test_directories_exist_are_renamed_and_deleted_with_everything(
    lake: FileSystemClient, refused: Refused
) -> None:
    lake.create_file("a/b/one").upload_data(b"1", overwrite=True)
    lake.create_directory("a/empty")
    lake.get_directory_client("a").rename_directory("lake/moved/here")
    assert paths(lake, path="moved/here") == [
        ("moved/here/b", True),
        ("moved/here/b/one", False),
        ("moved/here/empty", True),
    ]
    assert not lake.get_directory_client("a").exists()
    assert lake.get_file_client("moved/here/b/one").download_file().readall() == b"1"
    lake.get_directory_client("moved").delete_directory()
    assert paths(lake) == []


def test_only_an_empty_directory_goes_without_recursion(
    account: StorageAccount, lake: FileSystemClient
) -> None:
    lake.create_file("a/x")
    answer = account.rest("DELETE", "/lake/a?recursive=false", service="dfs")
    assert (answer.status, answer.body["error"]["code"]) == (409, "DirectoryNotEmpty")
    assert account.rest("DELETE", "/lake/a?recursive=true", service="dfs").status == 200


def test_refusals_have_the_data_lakes_names(
    account: StorageAccount, lake: FileSystemClient, refused: Refused
) -> None:
    assert refused(lake.get_file_client("no").rename_file, "lake/x") == (404, "SourcePathNotFound")
    assert refused(lake.get_directory_client("no").delete_directory) == (404, "PathNotFound")
    assert refused(lake.get_paths, path="no") == (404, "PathNotFound")
    service = DataLakeServiceClient(account.url("dfs"), credential=account.key, retry_total=0)
    assert refused(service.get_file_system_client("nofs").get_paths) == (404, "FilesystemNotFound")
    lake.create_file("x")
    assert refused(
        lake.create_file, "x", match_condition=__import__("azure.core").core.MatchConditions.IfMissing
    ) == (
        409,
        "PathAlreadyExists",
    )
    assert refused(lake.create_file, "x/below") == (409, "PathConflict")


def test_a_rename_needs_the_right_on_its_source_too(
    account: StorageAccount, lake: FileSystemClient, owner_token: FixedToken, refused: Refused
) -> None:
    account.blobs().create_container("other")
    lake.create_file("secret").upload_data(b"1", overwrite=True)
    account.give(CONTRIBUTOR, scope=f"{account.id}/blobServices/default/containers/other")
    there = DataLakeServiceClient(account.url("dfs"), credential=owner_token, retry_total=0)
    target = there.get_file_system_client("other").get_file_client("mine")
    headers = {"x-ms-rename-source": "/lake/secret", "Authorization": f"Bearer {owner_token.token}"}
    answer = account.cloud.request(
        "PUT", "/other/mine", host=f"{account.name}.dfs.core.windows.net", headers=headers
    )
    assert answer.status == 403
    assert refused(target.get_file_properties) == (404, "BlobNotFound")
