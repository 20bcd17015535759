from __future__ import annotations

from xml.etree import ElementTree

from azure.storage.blob import ContainerClient

from tests.emulator.services.storage.conftest import StorageAccount


def test_every_answer_is_sealed(account: StorageAccount, container: ContainerClient) -> None:
    answer = account.rest(
        "GET", "/data?restype=container", x_ms_version="2023-11-03", x_ms_client_request_id="mine"
    )
    assert answer.headers["x-ms-version"] == "2023-11-03"
    assert answer.headers["x-ms-client-request-id"] == "mine"
    assert len(answer.headers["x-ms-request-id"]) == 36


def test_a_refusal_is_xml_with_the_code_in_a_header_too(account: StorageAccount) -> None:
    answer = account.rest("GET", "/nope/x")
    root = ElementTree.fromstring(answer.body)
    assert root.findtext("Code") == answer.headers["x-ms-error-code"] == "ContainerNotFound"
    assert (root.findtext("Message") or "").splitlines()[0] == "The specified container does not exist."


def test_a_refused_head_has_no_body(account: StorageAccount) -> None:
    answer = account.rest("HEAD", "/nope/x")
    assert (answer.status, answer.body, answer.headers["x-ms-error-code"]) == (404, None, "ContainerNotFound")


def test_the_data_lake_refuses_in_json(account: StorageAccount) -> None:
    answer = account.rest("GET", "/nope?resource=filesystem", service="dfs")
    assert answer.body["error"]["code"] == answer.headers["x-ms-error-code"] == "FilesystemNotFound"


def test_what_is_not_there_yet_says_so(account: StorageAccount, container: ContainerClient) -> None:
    for path in ("/?comp=batch", "/data?restype=container&comp=batch", "/data/x?comp=query"):
        answer = account.rest("POST", path)
        assert (answer.status, answer.headers["x-ms-error-code"]) == (501, "NotImplementedByEmulator")
