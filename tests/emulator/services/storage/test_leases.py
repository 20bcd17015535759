from __future__ import annotations

from collections.abc import Callable

from azure.storage.blob import ContainerClient

from tests.emulator.services.storage.conftest import StorageAccount

Refused = Callable[..., tuple[int, str]]


def test_who_holds_the_lease_may_change_the_blob_and_nobody_else(
    container: ContainerClient, refused: Refused
) -> None:
    blob = container.upload_blob("x", b"1")
    lease = blob.acquire_lease()
    assert blob.get_blob_properties().lease.state == "leased"
    assert refused(blob.upload_blob, b"2", overwrite=True) == (412, "LeaseIdMissing")
    assert refused(blob.delete_blob) == (412, "LeaseIdMissing")
    other = "11111111-1111-1111-1111-111111111111"
    assert refused(blob.delete_blob, lease=other) == (412, "LeaseIdMismatchWithBlobOperation")
    assert refused(blob.acquire_lease) == (409, "LeaseAlreadyPresent")
    blob.upload_blob(b"3", overwrite=True, lease=lease)
    assert blob.download_blob().readall() == b"3"
    lease.release()
    blob.delete_blob()


def test_a_lease_ends_with_its_time(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    blob = container.upload_blob("x", b"1")
    lease = blob.acquire_lease(15)
    account.cloud.advance(10)
    lease.renew()
    account.cloud.advance(10)
    assert refused(blob.delete_blob) == (412, "LeaseIdMissing")
    account.cloud.advance(10)
    assert blob.get_blob_properties().lease.state == "expired"
    blob.delete_blob()


def test_a_broken_lease_is_over_after_the_break(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    blob = container.upload_blob("x", b"1")
    lease = blob.acquire_lease(60)
    assert lease.break_lease(5) == 5
    assert blob.get_blob_properties().lease.state == "breaking"
    assert refused(lease.renew) == (409, "LeaseIsBrokenAndCannotBeRenewed")
    account.cloud.advance(6)
    assert blob.get_blob_properties().lease.state == "broken"
    blob.delete_blob()


def test_a_lease_on_a_container_guards_its_deletion(container: ContainerClient, refused: Refused) -> None:
    lease = container.acquire_lease()
    container.upload_blob("x", b"1")
    assert refused(container.delete_container) == (412, "LeaseIdMissing")
    container.delete_container(lease=lease)


def test_durations_have_bounds(container: ContainerClient, refused: Refused) -> None:
    blob = container.upload_blob("x", b"1")
    assert refused(blob.acquire_lease, 5) == (400, "InvalidHeaderValue")
