from __future__ import annotations

from collections.abc import Callable

import pytest
from azure.storage.blob import ContainerClient

from course_runtime.emulator.services.storage.containers import require_name
from course_runtime.emulator.services.storage.errors import StorageError
from tests.emulator.services.storage.conftest import StorageAccount

Refused = Callable[..., tuple[int, str]]


def test_a_container_is_made_once_and_goes_with_its_blobs(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    assert refused(account.blobs().create_container, "data") == (409, "ContainerAlreadyExists")
    container.upload_blob("x", b"1")
    container.delete_container()
    assert refused(container.get_container_properties) == (404, "ContainerNotFound")
    account.blobs().create_container("data")
    assert list(container.list_blobs()) == []


def test_metadata_is_kept(container: ContainerClient) -> None:
    container.set_container_metadata({"a_b": "1", "ab": "x  y"})
    assert container.get_container_properties().metadata == {"a_b": "1", "ab": "x  y"}


@pytest.mark.parametrize("name", ["abc", "a-b-c", "123", "$root", "a" * 63])
def test_good_names(name: str) -> None:
    require_name(name)


@pytest.mark.parametrize("name", ["ab", "a" * 64, "Abc", "a_b", "-abc", "abc-", "a--b", "$other", "a.b"])
def test_bad_names(name: str) -> None:
    with pytest.raises(StorageError) as refused:
        require_name(name)
    assert refused.value.code in ("InvalidResourceName", "OutOfRangeInput")


def test_a_container_is_opened_only_where_the_account_allows_it(
    account: StorageAccount, refused: Refused
) -> None:
    expected = (409, "PublicAccessNotPermitted")
    assert refused(account.blobs().create_container, "open", public_access="blob") == expected
