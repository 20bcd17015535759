from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Sequence
from typing import Any

import pytest
from azure.storage.blob import ContainerClient
from starlette.requests import ClientDisconnect, Request

from course_runtime.emulator.cloud import Cloud as CloudModel
from course_runtime.emulator.services.storage import content
from course_runtime.emulator.services.storage.accounts import Account
from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.crc64 import crc64
from course_runtime.emulator.services.storage.errors import StorageError
from course_runtime.emulator.store.resources import Stored
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


BIG = bytes(2_000_000)


def a_call(model: CloudModel, messages: Sequence[dict[str, Any]], **headers: str) -> Call:
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    request = Request({"type": "http", "method": "PUT", "path": "/data/x", "headers": raw}, receive)
    return Call(request, model, Account(Stored({"name": "acc"})), "blob", "data", "x", {})


def body(data: bytes, *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": data, "more_body": more}


def take_in(call: Call, then: type[Exception] | None = None) -> None:
    async def take() -> None:
        async with content.received(call):
            if then:
                raise then

    asyncio.run(take())


def kept(model: CloudModel) -> int:
    return len(list(model.blobs._contents.folder.iterdir()))


def test_content_stays_when_it_was_taken(model: CloudModel) -> None:
    take_in(a_call(model, [body(BIG)]))
    assert kept(model) == 1


def test_nothing_stays_of_a_cut_off_upload(model: CloudModel) -> None:
    cut_off = [body(BIG, more=True), {"type": "http.disconnect"}]
    with pytest.raises(ClientDisconnect):
        take_in(a_call(model, cut_off))
    assert kept(model) == 0


def test_nothing_stays_of_a_wrong_or_a_refused_upload(model: CloudModel) -> None:
    with pytest.raises(StorageError, match="Md5Mismatch"):
        take_in(a_call(model, [body(BIG)], content_md5="AAAA"))
    with pytest.raises(RuntimeError):
        take_in(a_call(model, [body(BIG)]), then=RuntimeError)
    assert kept(model) == 0
