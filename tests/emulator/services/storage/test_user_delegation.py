from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from azure.storage.blob import ContainerClient

from tests.emulator.services.storage.conftest import FixedToken, StorageAccount

Refused = Callable[..., tuple[int, str]]


def test_a_key_is_for_who_asked_and_for_the_span(account: StorageAccount, owner_token: FixedToken) -> None:
    service, now = account.blobs(owner_token), account.now()
    key = service.get_user_delegation_key(now, now + timedelta(hours=1))
    assert key.signed_oid == account.cloud.access.object_id
    assert key.signed_tid == account.cloud.access.tenant_id
    again = service.get_user_delegation_key(now, now + timedelta(hours=1))
    longer = service.get_user_delegation_key(now, now + timedelta(hours=2))
    assert key.value == again.value != longer.value


def test_a_week_is_the_most(account: StorageAccount, owner_token: FixedToken, refused: Refused) -> None:
    service, now = account.blobs(owner_token), account.now()
    assert refused(service.get_user_delegation_key, now, now + timedelta(days=8)) == (
        400,
        "InvalidXmlNodeValue",
    )
    assert refused(service.get_user_delegation_key, now, now - timedelta(days=1)) == (
        400,
        "InvalidXmlNodeValue",
    )


def test_the_accounts_key_gets_none(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    now = account.now()
    code = refused(account.blobs().get_user_delegation_key, now, now + timedelta(hours=1))
    assert code == (403, "AuthenticationFailed")
