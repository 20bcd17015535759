from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from azure.storage.blob import ContainerClient, generate_blob_sas

from tests.emulator.services.storage.conftest import FixedToken, StorageAccount

Refused = Callable[..., tuple[int, str]]
READER, CONTRIBUTOR = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"


def test_a_copy_is_there_at_once_and_outlives_its_source(container: ContainerClient) -> None:
    source = container.upload_blob("source", b"hello", metadata={"k": "v"})
    target = container.get_blob_client("target")
    assert target.start_copy_from_url(source.url)["copy_status"] == "success"
    source.delete_blob()
    shown = target.get_blob_properties()
    assert (shown.copy.status, shown.copy.progress, shown.metadata) == ("success", "5/5", {"k": "v"})
    assert target.download_blob().readall() == b"hello"


def test_a_source_in_another_account_needs_a_right_of_its_own(
    make_account: Callable[..., StorageAccount],
    account: StorageAccount,
    container: ContainerClient,
    refused: Refused,
) -> None:
    other = make_account("otheraccount")
    source = other.blobs().create_container("data").upload_blob("x", b"hello")
    target = container.get_blob_client("target")
    assert refused(target.start_copy_from_url, source.url) == (401, "CannotVerifyCopySource")
    end = account.now() + timedelta(hours=1)
    sas = generate_blob_sas(other.name, "data", "x", account_key=other.key, permission="r", expiry=end)
    target.start_copy_from_url(f"{source.url}?{sas}")
    assert target.download_blob().readall() == b"hello"
    container.get_blob_client("put").upload_blob_from_url(f"{source.url}?{sas}")
    assert container.download_blob("put").readall() == b"hello"


def test_a_token_must_allow_reading_the_source(
    account: StorageAccount, container: ContainerClient, owner_token: FixedToken, refused: Refused
) -> None:
    source = account.blobs().create_container("closed").upload_blob("x", b"hello")
    account.give(CONTRIBUTOR, scope=f"{account.id}/blobServices/default/containers/data")
    target = account.blobs(owner_token).get_blob_client("data", "target")
    assert refused(target.start_copy_from_url, source.url) == (401, "CannotVerifyCopySource")
    account.give(READER)
    target.start_copy_from_url(source.url)


def test_blocks_can_come_from_a_url(account: StorageAccount, container: ContainerClient) -> None:
    source = container.upload_blob("source", b"0123456789")
    target = container.get_blob_client("target")
    target.stage_block_from_url("1", source.url, source_offset=2, source_length=3)
    target.commit_block_list(["1"])
    assert target.download_blob().readall() == b"234"


def test_what_lies_outside_cannot_be_copied(container: ContainerClient, refused: Refused) -> None:
    target = container.get_blob_client("target")
    assert refused(target.start_copy_from_url, "https://example.com/x") == (404, "CannotVerifyCopySource")
    missing = container.get_blob_client("missing").url
    assert refused(target.start_copy_from_url, missing) == (404, "CannotVerifyCopySource")
    assert not target.exists()
