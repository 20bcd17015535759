from __future__ import annotations

from typing import Any

import pytest
from azure.storage.blob import ContainerClient

from course_runtime.emulator.cloud import Cloud as CloudModel
from tests.emulator.services.storage.conftest import VERSION, StorageAccount

DAY = 24 * 3600


def rule(name: str = "r", prefixes: tuple[str, ...] = ("data/old",), **actions: int) -> dict[str, Any]:
    conditions = {action: {"daysAfterModificationGreaterThan": days} for action, days in actions.items()}
    filters = {"blobTypes": ["blockBlob"], "prefixMatch": list(prefixes)}
    definition = {"filters": filters, "actions": {"baseBlob": conditions}}
    return {"enabled": True, "name": name, "type": "Lifecycle", "definition": definition}


def put(account: StorageAccount, *rules: dict[str, Any], name: str = "default") -> Any:
    path = f"{account.id}/managementPolicies/{name}{VERSION}"
    return account.cloud.request("PUT", path, {"properties": {"policy": {"rules": list(rules)}}})


def tier(container: ContainerClient, name: str) -> str | None:
    blob = container.get_blob_client(name)
    return str(blob.get_blob_properties().blob_tier) if blob.exists() else None


def test_blobs_grow_cold_and_go_in_their_time(account: StorageAccount, container: ContainerClient) -> None:
    for name in ("old/x", "other"):
        container.upload_blob(name, b"1")
    assert put(account, rule(tierToCool=3, tierToArchive=6, delete=10)).status == 200
    seen = []
    for days in (2, 2, 3, 4):
        account.cloud.advance(days * DAY)
        seen.append((tier(container, "old/x"), tier(container, "other")))
    assert seen == [("Hot", "Hot"), ("Cool", "Hot"), ("Archive", "Hot"), (None, "Hot")]


def test_a_change_begins_the_time_anew(account: StorageAccount, container: ContainerClient) -> None:
    blob = container.upload_blob("old/x", b"1")
    put(account, rule(delete=3))
    account.cloud.advance(2 * DAY)
    blob.set_blob_metadata({"k": "v"})
    account.cloud.advance(2 * DAY)
    assert blob.exists()
    account.cloud.advance(2 * DAY)
    assert not blob.exists()


def test_a_policy_that_was_replaced_or_deleted_does_nothing(
    account: StorageAccount, container: ContainerClient
) -> None:
    blob = container.upload_blob("old/x", b"1")
    put(account, rule(delete=1))
    put(account, rule(delete=30))
    account.cloud.advance(10 * DAY)
    assert blob.exists()
    account.cloud.request("DELETE", f"{account.id}/managementPolicies/default{VERSION}")
    account.cloud.advance(60 * DAY)
    assert blob.exists()


def test_however_often_a_policy_is_written_it_runs_once_a_day(model: CloudModel) -> None:
    group = model.add_group("rg")
    account = f"{group}/providers/Microsoft.Storage/storageAccounts/workshopdata"
    model.write(account, {"location": "eastus"})
    for days in (1, 2, 3):
        policy = {"properties": {"policy": {"rules": [rule(delete=days)]}}}
        model.write(f"{account}/managementPolicies/default", policy)
    model.advance(2 * DAY)
    (timers,) = model.database.connection.execute(
        "SELECT count(*) FROM timers WHERE action = 'run'"
    ).fetchone()
    assert timers == 1


def test_a_disabled_rule_and_a_leased_blob_stay(account: StorageAccount, container: ContainerClient) -> None:
    leased, plain = container.upload_blob("old/leased", b"1"), container.upload_blob("new", b"1")
    leased.acquire_lease()
    put(account, rule(delete=1), rule("off", ("data/new",), delete=1) | {"enabled": False})
    account.cloud.advance(5 * DAY)
    assert leased.exists()
    assert plain.exists()


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ([], 400),
        ([rule(), rule()], 400),
        ([rule("a", delete=1), rule("a", delete=1)], 400),
        ([rule("", delete=1)], 400),
        ([rule(delete=-1)], 400),
        (["not a rule"], 400),
        ([rule() | {"definition": {"filters": [], "actions": "x"}}], 400),
        ([rule(enableAutoTierToHotFromCool=1)], 501),
    ],
)
def test_what_azure_refuses(account: StorageAccount, rules: list[dict[str, Any]], status: int) -> None:
    assert put(account, *rules).status == status


def test_there_is_one_policy_called_default(account: StorageAccount) -> None:
    assert put(account, rule(delete=1), name="other").status == 400
