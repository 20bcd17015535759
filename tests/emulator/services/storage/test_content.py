from __future__ import annotations

import base64
import hashlib

from azure.storage.blob import ContainerClient

from course_runtime.emulator.services.storage.crc64 import crc64
from tests.emulator.services.storage.conftest import StorageAccount

DATA = {"a": 1}
SENT = b'{"a": 1}'


def put(account: StorageAccount, **headers: str) -> tuple[int, str]:
    answer = account.rest("PUT", "/data/x", DATA, x_ms_blob_type="BlockBlob", **headers)
    return answer.status, answer.headers.get("x-ms-error-code", "")


def test_a_right_hash_is_confirmed_and_a_wrong_one_refused(
    account: StorageAccount, container: ContainerClient
) -> None:
    md5 = base64.b64encode(hashlib.md5(SENT).digest()).decode()
    crc = base64.b64encode(crc64(SENT).to_bytes(8, "little")).decode()
    assert put(account, content_md5=md5) == (201, "")
    assert put(account, x_ms_content_crc64=crc) == (201, "")
    assert put(account, content_md5=md5, x_ms_content_crc64=crc) == (400, "InvalidHeaderValue")
    container.delete_blob("x")
    assert put(account, content_md5="AAAA") == (400, "Md5Mismatch")
    assert put(account, x_ms_content_crc64="AAAA") == (400, "Crc64Mismatch")
    assert not container.get_blob_client("x").exists()


def test_the_client_can_have_its_content_checked(container: ContainerClient) -> None:
    blob = container.upload_blob("x", b"hello", validate_content=True)
    assert blob.download_blob(validate_content=True).readall() == b"hello"


def test_structured_bodies_say_that_they_are_not_there(
    account: StorageAccount, container: ContainerClient
) -> None:
    assert put(account, x_ms_structured_body="XSM/1.0; properties=crc64") == (501, "NotImplementedByEmulator")
