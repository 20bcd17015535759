from __future__ import annotations

from typing import Any

import pytest
from azure.identity import DefaultAzureCredential
from azure.mgmt.storage import StorageManagementClient

from course_runtime.emulator import Cloud


def put(cloud: Cloud, path: str, **body: Any) -> Any:
    return cloud.request("PUT", path, {"location": "eastus", **body})


def test_storage_keys_are_listed_and_never_shown(signed_in: Cloud, group_id: str) -> None:
    client = StorageManagementClient(DefaultAzureCredential(), signed_in.access.subscription_id)
    made = client.storage_accounts.begin_create(
        "rg", "account1", {"location": "eastus", "kind": "StorageV2", "sku": {"name": "Standard_GRS"}}
    ).result()
    assert made.primary_endpoints.blob == "https://account1.blob.core.windows.net/"
    assert made.sku.tier == "Standard"
    before = {one.key_name: one.value for one in client.storage_accounts.list_keys("rg", "account1").keys}
    after = client.storage_accounts.regenerate_key("rg", "account1", {"key_name": "key1"}).keys
    changed = {one.key_name: one.value for one in after}
    assert changed["key1"] != before["key1"] and changed["key2"] == before["key2"]
    shown = str(
        signed_in.request("GET", f"{group_id}/providers/Microsoft.Storage/storageAccounts/account1").body
    )
    assert changed["key1"] not in shown


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("Microsoft.Storage/storageAccounts/No-Capitals", "AccountNameInvalid"),
        ("Microsoft.KeyVault/vaults/1vault", "VaultNameNotValid"),
        ("Microsoft.KeyVault/vaults/two--hyphens", "VaultNameNotValid"),
        ("Microsoft.ContainerRegistry/registries/a-b", "InvalidResourceName"),
    ],
)
def test_names_azure_would_not_take(cloud: Cloud, group_id: str, path: str, code: str) -> None:
    answer = put(cloud, f"{group_id}/providers/{path}")
    assert (answer.status, answer.body["error"]["code"]) == (400, code)


def test_insights_keep_their_key(cloud: Cloud, group_id: str) -> None:
    path = f"{group_id}/providers/Microsoft.Insights/components/insights"
    first = put(cloud, path).body["properties"]["InstrumentationKey"]
    second = put(cloud, path).body["properties"]
    assert second["InstrumentationKey"] == first
    assert first in second["ConnectionString"]


def test_a_registrys_password_needs_its_admin_user(cloud: Cloud, group_id: str) -> None:
    path = f"{group_id}/providers/Microsoft.ContainerRegistry/registries/registry"
    put(cloud, path)
    assert cloud.request("POST", f"{path}/listCredentials", {}).status == 400
    put(cloud, path, properties={"adminUserEnabled": True})
    assert cloud.request("POST", f"{path}/listCredentials", {}).body["username"] == "registry"


def test_an_assigned_identity_is_a_principal(cloud: Cloud, group_id: str) -> None:
    path = f"{group_id}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id1"
    ids = put(cloud, path).body["properties"]
    assert put(cloud, path).body["properties"] == ids
    query = f"/metadata/identity/oauth2/token?resource=r&client_id={ids['clientId']}"
    answer = cloud.request("GET", query, host="169.254.169.254", headers={"Metadata": "true"})
    assert answer.status == 200


@pytest.mark.parametrize("body", [[], "key1", {"keyName": []}, {"keyName": "key3"}])
def test_a_key_that_is_not_there_is_refused(cloud: Cloud, group_id: str, body: Any) -> None:
    path = f"{group_id}/providers/Microsoft.Storage/storageAccounts/account1"
    put(cloud, path)
    assert cloud.request("POST", f"{path}/regenerateKey", body).status == 400
