"""A storage account in a cloud of its own, and the real clients for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobServiceClient, ContainerClient
from azure.storage.filedatalake import DataLakeServiceClient, FileSystemClient
from azure.storage.fileshare import ShareClient, ShareServiceClient

from course_runtime.emulator import Cloud

VERSION = "?api-version=2023-05-01"
STORAGE = "https://storage.azure.com"


@dataclass
class StorageAccount:
    cloud: Cloud
    id: str
    name: str
    key: str

    def url(self, service: str = "blob") -> str:
        return f"https://{self.name}.{service}.core.windows.net"

    def blobs(self, credential: Any = "key") -> BlobServiceClient:
        return BlobServiceClient(
            self.url(), credential=self.key if credential == "key" else credential, retry_total=0
        )

    def rest(self, method: str, path: str, body: Any = None, *, service: str = "blob", **headers: str) -> Any:
        """A request of the cloud's master: no right is asked for."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        host = f"{self.name}.{service}.core.windows.net"
        return self.cloud.request(method, path, body, host=host, headers=named)

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.cloud.now(), tz=timezone.utc)

    def give(self, role_id: str, object_id: str = "", scope: str = "") -> None:
        import uuid

        wanted = {
            "principalId": object_id or self.cloud.access.object_id,
            "roleDefinitionId": f"/providers/Microsoft.Authorization/roleDefinitions/{role_id}",
        }
        path = f"{scope or self.id}/providers/Microsoft.Authorization/roleAssignments/{uuid.uuid4()}"
        assert (
            self.cloud.request("PUT", f"{path}?api-version=2022-04-01", {"properties": wanted}).status == 201
        )


@dataclass
class FixedToken:
    """A credential that has one token and gives it to whoever asks."""

    token: str

    def get_token(self, *scopes: str, **_: Any) -> AccessToken:
        return AccessToken(self.token, 4_000_000_000)


@pytest.fixture
def make_account(signed_in: Cloud, group_id: str) -> Callable[..., StorageAccount]:
    def make(name: str, **properties: Any) -> StorageAccount:
        resource_id = f"{group_id}/providers/Microsoft.Storage/storageAccounts/{name}"
        body = {"location": "eastus", "properties": properties}
        assert signed_in.request("PUT", resource_id + VERSION, body).status in (200, 201)
        keys = signed_in.request("POST", f"{resource_id}/listKeys{VERSION}").body["keys"]
        return StorageAccount(signed_in, resource_id, name, keys[0]["value"])

    return make


@pytest.fixture
def account(make_account: Callable[..., StorageAccount]) -> StorageAccount:
    return make_account("workshopdata")


@pytest.fixture
def owner_token(account: StorageAccount) -> FixedToken:
    return FixedToken(account.cloud.token(account.cloud.access.object_id, STORAGE))


@pytest.fixture
def container(account: StorageAccount) -> ContainerClient:
    return account.blobs().create_container("data")


@pytest.fixture
def lake(account: StorageAccount) -> FileSystemClient:
    service = DataLakeServiceClient(account.url("dfs"), credential=account.key, retry_total=0)
    return service.create_file_system("lake")


@pytest.fixture
def share(account: StorageAccount) -> ShareClient:
    service = ShareServiceClient(account.url("file"), credential=account.key, retry_total=0)
    return service.create_share("share")


@pytest.fixture
def refused() -> Callable[..., tuple[int, str]]:
    """The status and Azure's code of a call that must fail."""

    def refused(call: Callable[..., Any], *values: Any, **named: Any) -> tuple[int, str]:
        with pytest.raises(HttpResponseError) as caught:
            result = call(*values, **named)
            list(result) if hasattr(result, "by_page") else None
        code = caught.value.error_code  # type: ignore[attr-defined]
        return caught.value.status_code or 0, str(getattr(code, "value", code))

    return refused
