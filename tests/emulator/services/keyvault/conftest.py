"""A key vault in a cloud of its own, and the real client for it."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from azure.identity import DefaultAzureCredential
from azure.keyvault.secrets import SecretClient

from course_runtime.emulator import Cloud

VERSION = "?api-version=2023-07-01"
USER, OFFICER = "4633458b-17de-408a-b874-0445c86b69e6", "b86a8fe4-44ce-4948-aee5-eccb2c155cd7"


@dataclass
class KeyVault:
    cloud: Cloud
    id: str
    url: str

    @property
    def name(self) -> str:
        return self.id.rsplit("/", 1)[1]

    @property
    def host(self) -> str:
        return f"{self.name}.vault.azure.net"

    def client(self) -> SecretClient:
        return SecretClient(self.url, DefaultAzureCredential(), retry_total=0)

    def give(self, role_id: str, scope: str = "") -> None:
        wanted = {
            "principalId": self.cloud.access.object_id,
            "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{role_id}",
        }
        path = f"{scope or self.id}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}"
        assert (
            self.cloud.request("PUT", f"{path}?api-version=2022-04-01", {"properties": wanted}).status == 201
        )


def unique(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4().hex[:12]}"


@pytest.fixture
def make_vault(signed_in: Cloud, group_id: str) -> Callable[..., KeyVault]:
    def make(name: str, **properties: Any) -> KeyVault:
        vault_id = f"{group_id}/providers/Microsoft.KeyVault/vaults/{name}"
        body = {"location": "eastus", "properties": properties}
        made = signed_in.request("PUT", vault_id + VERSION, body)
        assert made.status in (200, 201), made.body
        return KeyVault(signed_in, vault_id, made.body["properties"]["vaultUri"])

    return make


@pytest.fixture
def vault(make_vault: Callable[..., KeyVault]) -> KeyVault:
    """Its name is new in every test: the client remembers for each host which tenant to sign in to."""
    return make_vault(unique("kv"))


@pytest.fixture
def secrets(vault: KeyVault) -> SecretClient:
    vault.give(OFFICER)
    return vault.client()
