from __future__ import annotations

from collections.abc import Callable

from azure.storage.blob import BlobServiceClient, ContainerClient

from tests.emulator.services.storage.conftest import VERSION, StorageAccount

Refused = Callable[..., tuple[int, str]]


def test_an_unknown_account_says_so(account: StorageAccount, refused: Refused) -> None:
    service = BlobServiceClient("https://nope.blob.core.windows.net", credential=account.key, retry_total=0)
    assert refused(service.get_account_information) == (404, "ResourceNotFound")


def test_names_are_shared_by_all_groups(account: StorageAccount) -> None:
    other = account.id.replace("/resourceGroups/rg/", "/resourceGroups/other/")
    account.cloud.request("PUT", other.split("/providers/")[0], {"location": "eastus"})
    answer = account.cloud.request("PUT", other + VERSION, {"location": "eastus"})
    assert (answer.status, answer.body["error"]["code"]) == (409, "StorageAccountAlreadyTaken")


def test_a_new_account_of_an_old_name_is_empty(
    account: StorageAccount, container: ContainerClient, make_account: Callable[..., StorageAccount]
) -> None:
    container.upload_blob("x", b"1")
    assert account.cloud.request("DELETE", account.id + VERSION).status == 200
    again = make_account(account.name)
    assert [one.name for one in again.blobs().list_containers()] == []
