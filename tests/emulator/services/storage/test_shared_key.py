from __future__ import annotations

from collections.abc import Callable
from email.utils import formatdate

import pytest
from azure.storage.blob import BlobServiceClient, ContainerClient

from course_runtime.emulator.services.storage import shared_key
from course_runtime.emulator.services.storage.errors import StorageError
from tests.emulator.services.storage.conftest import StorageAccount

Refused = Callable[..., tuple[int, str]]
KEY = "QUJDREVGR0g="


def headers(**more: str) -> dict[str, str]:
    found = {"x-ms-date": formatdate(usegmt=True), "content-length": "0"} | more
    text = shared_key.string_to_sign("GET", "/c/x", "comp=list", found, "acc")
    return found | {"authorization": f"SharedKey acc:{shared_key.sign(KEY, text)}"}


def check(given: dict[str, str], method: str = "GET", path: str = "/c/x", query: str = "comp=list") -> None:
    shared_key.require_signature(method, path, query, given, "acc", ("QQ==", KEY))


def test_either_key_may_have_signed() -> None:
    check(headers())


@pytest.mark.parametrize(
    "changed", [{"method": "PUT"}, {"path": "/c/y"}, {"query": "comp=acl"}, {"query": "comp=list&prefix=a"}]
)
def test_the_signature_covers_the_request(changed: dict[str, str]) -> None:
    with pytest.raises(StorageError, match="AuthenticationFailed"):
        check(headers(), **changed)


def test_the_signature_covers_its_headers() -> None:
    with pytest.raises(StorageError) as refused:
        check(headers() | {"x-ms-meta-more": "1"})
    assert "x-ms-meta-more:1" in refused.value.more["AuthenticationErrorDetail"]


def test_an_old_request_is_refused() -> None:
    with pytest.raises(StorageError) as refused:
        check(headers(**{"x-ms-date": formatdate(0, usegmt=True)}))
    assert "not within 15 minutes" in refused.value.more["AuthenticationErrorDetail"]


def test_the_query_is_signed_in_order_and_decoded() -> None:
    text = shared_key.string_to_sign("GET", "/c", "b=2%2F&a=1&B=0", {}, "acc")
    assert text.endswith("/acc/c\na:1\nb:0,2/")


def test_header_names_sort_as_the_service_sorts_them(container: ContainerClient) -> None:
    metadata = {"m": "1", "m_1": "2", "m1": "3", "ma": "4", "m_a": "5", "mab": "6"}
    blob = container.upload_blob("x", b"1", metadata=metadata)
    assert blob.get_blob_properties().metadata == metadata


def test_a_wrong_key_opens_nothing(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    service = BlobServiceClient(account.url(), credential="aGVsbG8=", retry_total=0)
    assert refused(service.get_service_properties) == (403, "AuthenticationFailed")
