from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from azure.storage.blob import (
    AccessPolicy,
    BlobClient,
    BlobServiceClient,
    ContainerClient,
    generate_account_sas,
    generate_blob_sas,
    generate_container_sas,
)

from tests.emulator.services.storage.conftest import FixedToken, StorageAccount

Refused = Callable[..., tuple[int, str]]
HOUR = timedelta(hours=1)
READER, CONTRIBUTOR = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "ba92f5b4-2d11-453d-a403-e96b0029c9fe"


@pytest.fixture
def blob(container: ContainerClient) -> BlobClient:
    return container.upload_blob("x y/ü", b"hello")


def by(account: StorageAccount, token: str, name: str = "x y/ü") -> BlobClient:
    return BlobClient(account.url(), "data", name, credential=token, retry_total=0)


def blob_sas(account: StorageAccount, permission: str = "r", **more: Any) -> str:
    wanted = {"expiry": account.now() + HOUR, "account_key": account.key} | more
    return generate_blob_sas(account.name, "data", "x y/ü", permission=permission, **wanted)


def test_a_blob_signature_opens_that_blob_for_that_purpose(
    account: StorageAccount, container: ContainerClient, blob: BlobClient, refused: Refused
) -> None:
    container.upload_blob("other", b"secret")
    assert by(account, blob_sas(account)).download_blob().readall() == b"hello"
    assert refused(by(account, blob_sas(account)).upload_blob, b"1", overwrite=True) == (
        403,
        "AuthorizationPermissionMismatch",
    )
    assert refused(by(account, blob_sas(account), "other").download_blob) == (403, "AuthenticationFailed")


def test_a_forged_signature_opens_nothing(
    account: StorageAccount, blob: BlobClient, refused: Refused
) -> None:
    more = blob_sas(account).replace("sp=r", "sp=rw")
    assert refused(by(account, more).upload_blob, b"1", overwrite=True) == (403, "AuthenticationFailed")
    foreign = blob_sas(account, account_key="QUJD")
    assert refused(by(account, foreign).download_blob) == (403, "AuthenticationFailed")


def test_time_is_the_clouds(account: StorageAccount, blob: BlobClient, refused: Refused) -> None:
    token = blob_sas(account, start=account.now() + HOUR, expiry=account.now() + 3 * HOUR)
    assert refused(by(account, token).download_blob) == (403, "AuthenticationFailed")
    account.cloud.advance(2 * 3600)
    assert by(account, token).download_blob().readall() == b"hello"
    account.cloud.advance(2 * 3600)
    assert refused(by(account, token).download_blob) == (403, "AuthenticationFailed")


def test_the_refusal_tells_the_span(account: StorageAccount, blob: BlobClient) -> None:
    token = blob_sas(account, expiry=account.now() - HOUR)
    with pytest.raises(Exception, match="Signature not valid in the specified time frame"):
        by(account, token).download_blob()


def test_a_container_signature_with_create_does_not_overwrite(
    account: StorageAccount, blob: BlobClient, refused: Refused
) -> None:
    token = generate_container_sas(
        account.name, "data", account_key=account.key, permission="rcl", expiry=account.now() + HOUR
    )
    there = ContainerClient(account.url(), "data", credential=token, retry_total=0)
    there.upload_blob("new", b"1")
    assert len(list(there.list_blobs())) == 2
    assert refused(there.upload_blob, "new", b"2", overwrite=True) == (403, "AuthorizationPermissionMismatch")
    assert refused(there.delete_blob, "new") == (403, "AuthorizationPermissionMismatch")


@pytest.mark.parametrize(
    ("kinds", "permission", "expected"),
    [
        ("sco", "rl", None),
        ("o", "rl", "AuthorizationResourceTypeMismatch"),
        ("sco", "r", "AuthorizationPermissionMismatch"),
    ],
)
def test_an_account_signature_is_bound_by_its_resource_types(
    account: StorageAccount,
    blob: BlobClient,
    refused: Refused,
    kinds: str,
    permission: str,
    expected: str | None,
) -> None:
    token = generate_account_sas(account.name, account.key, kinds, permission, account.now() + HOUR)
    service = BlobServiceClient(account.url(), credential=token, retry_total=0)
    if expected is None:
        assert [one.name for one in service.list_containers()] == ["data"]
    else:
        assert refused(service.list_containers) == (403, expected)


def test_a_stored_policy_can_be_taken_back(
    account: StorageAccount, container: ContainerClient, blob: BlobClient, refused: Refused
) -> None:
    policy = AccessPolicy(permission="r", expiry=account.now() + HOUR)
    container.set_container_access_policy({"readers": policy})
    token = generate_blob_sas(account.name, "data", "x y/ü", account_key=account.key, policy_id="readers")
    assert by(account, token).download_blob().readall() == b"hello"
    container.set_container_access_policy({})
    assert refused(by(account, token).download_blob) == (403, "AuthenticationFailed")


def test_a_delegated_signature_is_bound_by_the_roles_of_its_maker(
    account: StorageAccount, blob: BlobClient, owner_token: FixedToken, refused: Refused
) -> None:
    key = account.blobs(owner_token).get_user_delegation_key(account.now(), account.now() + HOUR)
    token = blob_sas(account, "rw", account_key=None, user_delegation_key=key)
    assert refused(by(account, token).download_blob) == (403, "AuthorizationPermissionMismatch")
    account.give(READER)
    assert by(account, token).download_blob().readall() == b"hello"
    assert refused(by(account, token).upload_blob, b"1", overwrite=True) == (
        403,
        "AuthorizationPermissionMismatch",
    )
    account.give(CONTRIBUTOR)
    by(account, token).upload_blob(b"1", overwrite=True)


def test_a_regenerated_key_ends_its_signatures(
    account: StorageAccount, blob: BlobClient, refused: Refused
) -> None:
    token = blob_sas(account)
    wanted = {"keyName": "key1"}
    account.cloud.request("POST", f"{account.id}/regenerateKey?api-version=2023-05-01", wanted)
    assert refused(by(account, token).download_blob) == (403, "AuthenticationFailed")


def test_an_account_may_refuse_everything_made_with_its_keys(
    account: StorageAccount, blob: BlobClient, refused: Refused
) -> None:
    changed = {"properties": {"allowSharedKeyAccess": False}}
    account.cloud.request("PATCH", f"{account.id}?api-version=2023-05-01", changed)
    expected = (403, "KeyBasedAuthenticationNotPermitted")
    assert refused(by(account, blob_sas(account)).download_blob) == expected
    assert refused(blob.download_blob) == expected
