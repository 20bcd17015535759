from __future__ import annotations

from collections.abc import Callable

import pytest
from azure.storage.blob import BlobClient, ContainerClient

from course_runtime.emulator import Cloud
from tests.emulator.services.storage.conftest import STORAGE, FixedToken, StorageAccount

Refused = Callable[..., tuple[int, str]]
READER, CONTRIBUTOR = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"


def test_owning_the_account_does_not_open_its_blobs(
    account: StorageAccount, container: ContainerClient, owner_token: FixedToken, refused: Refused
) -> None:
    container.upload_blob("x", b"1")
    there = account.blobs(owner_token).get_container_client("data")
    expected = (403, "AuthorizationPermissionMismatch")
    assert refused(there.download_blob, "x") == expected
    assert refused(there.upload_blob, "y", b"1") == expected
    assert refused(there.list_blobs) == expected


def test_data_roles_allow_what_they_say(
    account: StorageAccount, container: ContainerClient, owner_token: FixedToken, refused: Refused
) -> None:
    container.upload_blob("x", b"1")
    there = account.blobs(owner_token).get_container_client("data")
    account.give(READER)
    assert there.download_blob("x").readall() == b"1"
    assert refused(there.upload_blob, "y", b"1") == (403, "AuthorizationPermissionMismatch")
    account.give(CONTRIBUTOR)
    there.upload_blob("y", b"1")
    there.delete_blob("y")


def test_a_role_on_one_container_leaves_the_others_closed(
    account: StorageAccount, container: ContainerClient, owner_token: FixedToken, refused: Refused
) -> None:
    account.blobs().create_container("closed").upload_blob("x", b"1")
    account.give(CONTRIBUTOR, scope=f"{account.id}/blobServices/default/containers/data")
    account.blobs(owner_token).get_blob_client("data", "x").upload_blob(b"1")
    other = account.blobs(owner_token).get_blob_client("closed", "x")
    assert refused(other.download_blob) == (403, "AuthorizationPermissionMismatch")


def test_only_the_key_changes_who_may_enter(
    account: StorageAccount, container: ContainerClient, owner_token: FixedToken, refused: Refused
) -> None:
    account.give(CONTRIBUTOR)
    there = account.blobs(owner_token).get_container_client("data")
    assert refused(there.set_container_access_policy, {}) == (403, "AuthorizationFailure")


def test_a_token_for_another_audience_is_refused(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    wrong = FixedToken(account.cloud.token(account.cloud.access.object_id, "https://vault.azure.net"))
    assert refused(account.blobs(wrong).get_blob_client("data", "x").download_blob) == (
        401,
        "InvalidAuthenticationInfo",
    )


def test_a_token_of_another_cloud_is_refused(
    account: StorageAccount, container: ContainerClient, new_cloud: Callable[..., Cloud], refused: Refused
) -> None:
    other = new_cloud()
    foreign = FixedToken(other.token(other.access.object_id, STORAGE))
    blob = account.blobs(foreign).get_blob_client("data", "x")
    assert refused(blob.download_blob) == (401, "InvalidAuthenticationInfo")


def test_nobody_enters_without_a_name(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    container.upload_blob("x", b"1")
    anybody = BlobClient(account.url(), "data", "x", retry_total=0)
    assert refused(anybody.download_blob) == (409, "PublicAccessNotPermitted")
    assert refused(anybody.upload_blob, b"1") == (409, "PublicAccessNotPermitted")


@pytest.mark.parametrize(
    ("public", "reads", "lists"), [(None, False, False), ("blob", True, False), ("container", True, True)]
)
def test_public_access_opens_reading_and_no_more(
    make_account: Callable[..., StorageAccount],
    refused: Refused,
    public: str | None,
    reads: bool,
    lists: bool,
) -> None:
    account = make_account("openaccount", allowBlobPublicAccess=True)
    account.blobs().create_container("data", public_access=public).upload_blob("x", b"1")
    anybody = ContainerClient(account.url(), "data", retry_total=0)
    missing = (404, "ResourceNotFound")
    if reads:
        assert anybody.download_blob("x").readall() == b"1"
    else:
        assert refused(anybody.download_blob, "x") == missing
    if lists:
        assert [one.name for one in anybody.list_blobs()] == ["x"]
    else:
        assert refused(anybody.list_blobs) == missing
    assert refused(anybody.upload_blob, "y", b"1") == missing


def test_the_log_names_the_caller(account: StorageAccount, container: ContainerClient) -> None:
    container.upload_blob("x", b"1")
    entry = account.cloud.log()[-1]
    assert (entry["path"], entry["principal"]) == ("/data/x", f"key of {account.name}")
