"""A storage account as its data planes see it, found by the first word of the host name."""

from __future__ import annotations

from dataclasses import dataclass

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.storage.errors import account_not_found
from course_runtime.emulator.store.resources import Stored

TYPE = "Microsoft.Storage/storageAccounts"


@dataclass(frozen=True)
class Account:
    resource: Stored

    @property
    def name(self) -> str:
        return self.resource.name

    @property
    def id(self) -> str:
        return self.resource.id

    @property
    def key(self) -> str:
        """What its containers and blobs are kept under."""
        return str(self.resource.sequence)

    @property
    def files_key(self) -> str:
        """What its file shares are kept under."""
        return f"{self.resource.sequence}/files"

    @property
    def keys(self) -> tuple[str, str]:
        return self.resource.secrets["key1"], self.resource.secrets["key2"]

    @property
    def allows_shared_key(self) -> bool:
        return self.resource.properties.get("allowSharedKeyAccess") is not False

    @property
    def allows_public_access(self) -> bool:
        return self.resource.properties.get("allowBlobPublicAccess") is True

    @property
    def hierarchical(self) -> bool:
        return self.resource.properties.get("isHnsEnabled") is True

    @property
    def access_tier(self) -> str:
        return str(self.resource.properties.get("accessTier") or "Hot")


def account_of(cloud: Cloud, host: str) -> Account:
    name = host.split(".", 1)[0].removesuffix("-secondary")
    stored = cloud.resources.named(TYPE, name)
    if stored is None:
        raise account_not_found(name)
    return Account(stored)
