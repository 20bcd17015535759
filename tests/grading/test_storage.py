"""The grader's view of a storage account, beside the real clients."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from azure.storage.blob import ContainerClient
from azure.storage.filedatalake import FileSystemClient

from course_runtime.emulator import Cloud, Emulator
from course_runtime.grading import Azure
from course_runtime.grading.storage import Storage

NAME, CONTAINER = "graderdata", "lake"


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    with Emulator() as found, pytest.MonkeyPatch.context() as patch:
        for name, value in found.environment().items():
            patch.setenv(name, value)
        yield found


@pytest.fixture(scope="module")
def key(cloud: Cloud) -> str:
    azure = Azure(cloud)
    azure.put(azure.group_id("rg"), {"location": "eastus"})
    account = f"{azure.group_id('rg')}/providers/Microsoft.Storage/storageAccounts/{NAME}"
    azure.put(account, {"location": "eastus", "properties": {"isHnsEnabled": True}})
    azure.storage(NAME).add_container(CONTAINER)
    return str(azure.act(account, "listKeys")["keys"][0]["value"])


@pytest.fixture
def storage(cloud: Cloud, key: str) -> Storage:
    return Azure(cloud).storage(NAME)


@pytest.fixture
def container(key: str) -> ContainerClient:
    return ContainerClient(f"https://{NAME}.blob.core.windows.net", CONTAINER, key)


@pytest.mark.parametrize("data", [b"plain", b"123", b'{"json": true}', b"", b"\xef\xbb\xbf\r\n\x00"])
def test_what_is_written_is_read_byte_for_byte(
    storage: Storage, container: ContainerClient, data: bytes
) -> None:
    storage.write(CONTAINER, "a b/größe.csv", data)
    assert container.download_blob("a b/größe.csv").readall() == data
    assert storage.read(CONTAINER, "a b/größe.csv") == data


def test_what_is_not_there_is_none(storage: Storage) -> None:
    assert storage.read(CONTAINER, "nothing") is None


def test_a_lakes_files_are_listed_without_its_folders(storage: Storage, key: str) -> None:
    lake = FileSystemClient(f"https://{NAME}.dfs.core.windows.net", CONTAINER, key)
    lake.get_file_client("deep/deeper/file.txt").upload_data(b"1", overwrite=True)
    found = storage.tiers(CONTAINER)
    assert found["deep/deeper/file.txt"] == "Hot"
    assert "deep" not in found and "deep/deeper" not in found
    assert storage.names(CONTAINER) == sorted(found)


def test_touching_makes_a_blob_young_and_keeps_its_content(
    storage: Storage, container: ContainerClient, cloud: Cloud
) -> None:
    storage.write(CONTAINER, "touched.txt", b"1")
    blob = container.get_blob_client("touched.txt")
    before = blob.get_blob_properties().last_modified
    cloud.advance(60)
    storage.touch(CONTAINER, "touched.txt")
    assert (blob.get_blob_properties().last_modified - before).total_seconds() >= 59
    assert storage.read(CONTAINER, "touched.txt") == b"1"


def test_a_refused_seed_is_an_error_of_the_grader(storage: Storage) -> None:
    with pytest.raises(RuntimeError, match="ContainerNotFound"):
        storage.write("nowhere", "a", b"1")
