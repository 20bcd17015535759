from __future__ import annotations

from collections.abc import Callable

import pytest
from azure.core.exceptions import HttpResponseError, ResourceNotFoundError
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

from tests.emulator.services.keyvault.conftest import OFFICER, USER, KeyVault, unique


def test_owning_the_vault_does_not_open_its_secrets(vault: KeyVault) -> None:
    with pytest.raises(HttpResponseError) as refused:
        vault.client().set_secret("db", "one")
    assert refused.value.status_code == 403
    for words in (
        "Caller is not authorized",
        "ForbiddenByRbac",
        "Action: 'Microsoft.KeyVault/vaults/secrets/setSecret",
    ):
        assert words in str(refused.value)


def test_a_user_of_secrets_reads_and_does_not_write(vault: KeyVault) -> None:
    vault.cloud.request("PUT", "/secrets/db?api-version=7.5", {"value": "x"}, host=vault.host)
    vault.give(USER)
    assert vault.client().get_secret("db").value == "x"
    with pytest.raises(HttpResponseError, match="ForbiddenByRbac"):
        vault.client().begin_delete_secret("db")


def test_a_role_may_be_given_on_one_secret(vault: KeyVault) -> None:
    vault.give(OFFICER, scope=f"{vault.id}/secrets/mine")
    assert vault.client().set_secret("mine", "x").value == "x"
    with pytest.raises(HttpResponseError, match="ForbiddenByRbac"):
        vault.client().set_secret("other", "x")


def test_access_policies_count_where_the_vault_says_so(
    make_vault: Callable[..., KeyVault], vault: KeyVault
) -> None:
    holder = {"objectId": vault.cloud.access.object_id, "permissions": {"secrets": ["Get", "Set"]}}
    old = make_vault(unique("old"), enableRbacAuthorization=False, accessPolicies=[holder])
    assert old.client().set_secret("db", "one").value == "one"
    with pytest.raises(HttpResponseError, match="does not have secrets list permission"):
        list(old.client().list_properties_of_secrets())


def test_purge_protection_holds(make_vault: Callable[..., KeyVault]) -> None:
    vault = make_vault(unique("safe"), enablePurgeProtection=True)
    vault.give(OFFICER)
    vault.client().set_secret("db", "one")
    vault.client().begin_delete_secret("db").wait()
    with pytest.raises(HttpResponseError, match="purge protection"):
        vault.client().purge_deleted_secret("db")


def test_an_unknown_vault_says_so(vault: KeyVault) -> None:
    with pytest.raises(ResourceNotFoundError, match="There is no key vault 'nope'"):
        SecretClient("https://nope.vault.azure.net", DefaultAzureCredential(), retry_total=0).get_secret("x")


def test_a_new_vault_of_an_old_name_is_empty(make_vault: Callable[..., KeyVault], vault: KeyVault) -> None:
    vault.give(OFFICER)
    vault.client().set_secret("db", "one")
    assert vault.cloud.request("DELETE", f"{vault.id}?api-version=2023-07-01").status == 200
    again = make_vault(vault.name)
    again.give(OFFICER)
    assert list(again.client().list_properties_of_secrets()) == []
