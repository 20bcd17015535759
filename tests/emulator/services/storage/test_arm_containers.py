from __future__ import annotations

from azure.storage.blob import ContainerClient

from tests.emulator.services.storage.conftest import VERSION, StorageAccount


def test_containers_are_the_same_from_both_sides(account: StorageAccount, container: ContainerClient) -> None:
    base, cloud = f"{account.id}/blobServices/default/containers", account.cloud
    assert [one["name"] for one in cloud.request("GET", base + VERSION).body["value"]] == ["data"]
    made = cloud.request("PUT", f"{base}/made{VERSION}", {"properties": {"metadata": {"k": "v"}}})
    assert (made.status, made.body["properties"]["publicAccess"]) == (201, "None")
    assert account.blobs().get_container_client("made").get_container_properties().metadata == {"k": "v"}
    assert cloud.request("DELETE", f"{base}/data{VERSION}").status == 200
    assert not container.exists()
    assert cloud.request("GET", f"{base}/data{VERSION}").status == 404
    assert cloud.request("PUT", f"{base}/Bad_{VERSION}", {}).body["error"]["code"] == "InvalidResourceName"


def test_shares_are_the_same_from_both_sides(account: StorageAccount) -> None:
    base = f"{account.id}/fileServices/default/shares"
    made = account.cloud.request("PUT", f"{base}/share{VERSION}", {"properties": {"shareQuota": 7}})
    assert (made.status, made.body["properties"]["shareQuota"]) == (201, 7)
    answer = account.rest("GET", "/share?restype=share", service="file")
    assert answer.headers["x-ms-share-quota"] == "7"


def test_the_service_is_there_with_the_account(account: StorageAccount) -> None:
    answer = account.cloud.request("GET", f"{account.id}/blobServices/default{VERSION}")
    assert (answer.status, answer.body["name"]) == (200, "default")
    missing = account.id.replace(account.name, "nope")
    assert account.cloud.request("GET", f"{missing}/blobServices/default/containers{VERSION}").status == 404
