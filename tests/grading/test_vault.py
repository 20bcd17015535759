"""The grader's view of a key vault, beside the real client."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from azure.core.exceptions import HttpResponseError
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

from course_runtime.emulator import Emulator
from course_runtime.grading import Azure
from course_runtime.grading.vault import Vault


@pytest.fixture(scope="module")
def azure() -> Iterator[Azure]:
    with Emulator() as cloud, pytest.MonkeyPatch.context() as patch:
        for name, value in cloud.environment().items():
            patch.setenv(name, value)
        yield Azure(cloud)


@pytest.fixture(scope="module")
def vault(azure: Azure) -> Vault:
    azure.put(azure.group_id("rg"), {"location": "eastus"})
    vault_id = f"{azure.group_id('rg')}/providers/Microsoft.KeyVault/vaults/grader-vault"
    azure.put(vault_id, {"location": "eastus", "properties": {"enableRbacAuthorization": True}})
    azure.give(azure.student, "Key Vault Secrets User", vault_id)
    return azure.vault("grader-vault")


def test_the_newest_value_is_what_the_student_reads(vault: Vault) -> None:
    client = SecretClient(vault.url, DefaultAzureCredential())
    first, second = vault.set("key", "one"), vault.set("key", "two")
    assert client.get_secret("key").value == "two"
    assert client.get_secret("key", first).value == "one"
    assert first != second


def test_a_disabled_version_is_refused_until_it_is_enabled(vault: Vault) -> None:
    client = SecretClient(vault.url, DefaultAzureCredential())
    version = vault.set("switched", "on")
    vault.enable("switched", version, enabled=False)
    with pytest.raises(HttpResponseError, match="disabled secret"):
        client.get_secret("switched")
    vault.enable("switched", version, enabled=True)
    assert client.get_secret("switched").value == "on"


def test_a_refused_seed_is_an_error_of_the_grader(vault: Vault) -> None:
    with pytest.raises(RuntimeError, match="BadParameter"):
        vault.set("no_underscores", "x")
