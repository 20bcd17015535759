from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from azure.storage.fileshare import ShareClient, ShareServiceClient, generate_share_sas

from tests.emulator.services.storage.conftest import StorageAccount

Refused = Callable[..., tuple[int, str]]


def test_shares_are_made_listed_and_deleted(
    account: StorageAccount, share: ShareClient, refused: Refused
) -> None:
    service = ShareServiceClient(account.url("file"), credential=account.key, retry_total=0)
    service.create_share("another", quota=9)
    assert [(one.name, one.quota) for one in service.list_shares()] == [("another", 9), ("share", 5120)]
    assert refused(service.create_share, "share") == (409, "ShareAlreadyExists")
    share.set_share_metadata({"k": "v"})
    assert share.get_share_properties().metadata == {"k": "v"}
    service.delete_share("share")
    assert refused(share.get_share_properties) == (404, "ShareNotFound")
    assert refused(share.get_file_client("x").create_file, 1) == (404, "ShareNotFound")


def test_a_share_is_no_container(account: StorageAccount, share: ShareClient) -> None:
    assert [one.name for one in account.blobs().list_containers()] == []


def test_a_share_signature_permits_what_it_says(
    account: StorageAccount, share: ShareClient, refused: Refused
) -> None:
    share.get_file_client("x").upload_file(b"12")
    assert share.get_share_stats() == 2
    end = account.now() + timedelta(hours=1)
    token = generate_share_sas(account.name, "share", account.key, "rl", end)
    there = ShareClient(account.url("file"), "share", credential=token, retry_total=0)
    assert there.get_file_client("x").download_file().readall() == b"12"
    assert [one.name for one in there.list_directories_and_files()] == ["x"]
    assert refused(there.create_directory, "d") == (403, "AuthorizationPermissionMismatch")
