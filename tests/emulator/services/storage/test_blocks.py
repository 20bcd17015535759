from __future__ import annotations

import base64
import os
from collections.abc import Callable

from azure.storage.blob import BlobBlock, ContainerClient

from tests.emulator.services.storage.conftest import StorageAccount

Refused = Callable[..., tuple[int, str]]


def test_a_big_blob_goes_up_in_blocks_and_comes_back(account: StorageAccount) -> None:
    service = account.blobs()
    service._config.max_single_put_size = 1_000_000
    container = service.create_container("big")
    data = os.urandom(9_500_000)
    blob = container.upload_blob("x", data, max_concurrency=3)
    assert container.download_blob("x", max_concurrency=3).readall() == data
    committed, pending = blob.get_block_list("all")
    assert (sum(block.size for block in committed), len(committed) > 1, pending) == (len(data), True, [])


def test_blocks_count_when_they_are_committed_and_in_that_order(container: ContainerClient) -> None:
    blob = container.get_blob_client("x")
    for name in ("1", "2", "3"):
        blob.stage_block(name, name.encode() * 2)
    assert not blob.exists()
    assert [block.size for block in blob.get_block_list("uncommitted")[1]] == [2, 2, 2]
    blob.commit_block_list([BlobBlock("3"), BlobBlock("1")])
    assert blob.download_blob().readall() == b"3311"
    assert blob.get_block_list("all")[1] == []


def test_committed_blocks_may_be_used_again(container: ContainerClient) -> None:
    blob = container.get_blob_client("x")
    blob.stage_block("1", b"one")
    blob.commit_block_list([BlobBlock("1")])
    blob.stage_block("2", b"two")
    blob.commit_block_list([BlobBlock("1"), BlobBlock("2"), BlobBlock("1")])
    assert blob.download_blob().readall() == b"onetwoone"


def test_an_unknown_block_and_a_bad_id_are_refused(
    account: StorageAccount, container: ContainerClient, refused: Refused
) -> None:
    blob = container.get_blob_client("x")
    blob.stage_block("1", b"one")
    assert refused(blob.commit_block_list, [BlobBlock("9")]) == (400, "InvalidBlockList")
    assert not blob.exists()
    answer = account.rest("PUT", "/data/x?comp=block&blockid=!", {"a": 1})
    assert (answer.status, answer.headers["x-ms-error-code"]) == (400, "InvalidQueryParameterValue")
    longer = base64.b64encode(b"a longer id").decode()
    answer = account.rest("PUT", f"/data/x?comp=block&blockid={longer}", {"a": 1})
    assert (answer.status, answer.headers["x-ms-error-code"]) == (400, "InvalidBlobOrBlock")


def test_an_append_blob_grows(container: ContainerClient, refused: Refused) -> None:
    log = container.get_blob_client("log")
    log.create_append_blob()
    log.append_block(b"one\n")
    assert log.append_block(b"two\n", appendpos_condition=4)["blob_append_offset"] == "4"
    assert log.download_blob().readall() == b"one\ntwo\n"
    assert refused(log.append_block, b"x", appendpos_condition=4) == (412, "AppendPositionConditionNotMet")
    assert refused(log.stage_block, "1", b"x") == (409, "InvalidBlobType")


def test_pages_are_written_in_place(container: ContainerClient, refused: Refused) -> None:
    page = container.get_blob_client("page")
    page.create_page_blob(2048)
    page.upload_page(b"x" * 1024, 512, 1024)
    page.clear_page(1024, 512)
    assert page.download_blob().readall() == bytes(512) + b"x" * 512 + bytes(1024)
    assert page.get_page_ranges()[0] == [{"start": 512, "end": 1023}]
    assert refused(page.append_block, b"x") == (409, "InvalidBlobType")
