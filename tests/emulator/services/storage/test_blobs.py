from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from azure.storage.blob import BlobClient, ContainerClient, ContentSettings

from tests.emulator.services.storage.conftest import StorageAccount

Refused = Callable[..., tuple[int, str]]


@pytest.mark.parametrize("name", ["plain", "dir one/ünï~c%20ode+x.txt", "a//b", "x?y=#z&"])
@pytest.mark.parametrize("data", [b"", b"hello", bytes(3_000_000)])
def test_a_blob_reads_back_whatever_its_name(container: ContainerClient, name: str, data: bytes) -> None:
    container.upload_blob(name, data)
    assert container.download_blob(name).readall() == data
    assert [one.name for one in container.list_blobs()] == [name]


def test_ranges_answer_206_and_an_empty_blob_416(account: StorageAccount, container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"0123456789")
    assert blob.download_blob(offset=2, length=3).readall() == b"234"
    answer = account.rest("GET", "/data/x", x_ms_range="bytes=7-100")
    assert (answer.status, answer.body, answer.headers["content-range"]) == (206, 789, "bytes 7-9/10")
    container.upload_blob("empty", b"")
    answer = account.rest("GET", "/data/empty", x_ms_range="bytes=0-10")
    assert (answer.status, answer.headers["x-ms-error-code"]) == (416, "InvalidRange")


def test_headers_metadata_and_hash_are_kept(container: ContainerClient) -> None:
    settings = ContentSettings(content_type="text/csv", cache_control="no-cache", content_language="de")
    blob = container.upload_blob(
        "x", b"hello", metadata={"upload_status": "completed"}, content_settings=settings
    )
    shown = blob.get_blob_properties()
    assert shown.content_settings.content_type == "text/csv"
    assert shown.content_settings.cache_control == "no-cache"
    assert shown.metadata == {"upload_status": "completed"}
    assert bytes(shown.content_settings.content_md5).hex() == "5d41402abc4b2a76b9719d911017c592"
    before = shown.etag
    blob.set_blob_metadata({"other": "1"})
    assert blob.get_blob_properties().metadata == {"other": "1"}
    assert blob.get_blob_properties().etag != before


def test_a_missing_blob_and_a_missing_container_have_names_of_their_own(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    assert refused(container.download_blob, "nope") == (404, "BlobNotFound")
    assert refused(container.delete_blob, "nope") == (404, "BlobNotFound")
    other = account.blobs().get_container_client("nope")
    assert refused(other.upload_blob, "x", b"1") == (404, "ContainerNotFound")


def test_a_deleted_blob_is_gone(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"1")
    blob.delete_blob()
    assert not blob.exists()
    assert list(container.list_blobs()) == []


def test_the_archive_does_not_give_its_blobs_out(container: ContainerClient, refused: Refused) -> None:
    blob = container.upload_blob("x", b"1")
    assert blob.get_blob_properties().blob_tier == "Hot"
    blob.set_standard_blob_tier("Archive")
    assert blob.get_blob_properties().blob_tier == "Archive"
    assert refused(blob.download_blob) == (409, "BlobArchived")
    assert refused(blob.upload_blob, b"2", overwrite=True) == (409, "BlobArchived")
    blob.set_standard_blob_tier("Cool")
    assert blob.download_blob().readall() == b"1"


def test_tags_are_kept(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"1", tags={"season": "spring & autumn"})
    assert blob.get_blob_tags() == {"season": "spring & autumn"}
    blob.set_blob_tags({"a": "b"})
    assert blob.get_blob_tags() == {"a": "b"}


@pytest.mark.parametrize(
    "attempt",
    [
        lambda blob: blob.create_snapshot(),
        lambda blob: blob.undelete_blob(),
    ],
)
def test_what_is_not_there_yet_says_so(
    container: ContainerClient, refused: Refused, attempt: Callable[[BlobClient], Any]
) -> None:
    blob = container.upload_blob("x", b"1")
    assert refused(attempt, blob) == (501, "NotImplementedByEmulator")


def test_bad_metadata_names_are_refused(account: StorageAccount, container: ContainerClient) -> None:
    headers = {"x-ms-blob-type": "BlockBlob", "x-ms-meta-9lives": "1"}
    answer = account.cloud.request(
        "PUT", "/data/x", host=f"{account.name}.blob.core.windows.net", headers=headers
    )
    assert (answer.status, answer.headers["x-ms-error-code"]) == (400, "InvalidMetadata")
