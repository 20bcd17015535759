"""The same calls to the emulator and to Azurite, Microsoft's own: same statuses, codes, headers and bodies.

Needs `azurite-blob`: in AZURITE, on the PATH, or in ./node_modules/.bin. Without it these tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from azure.core import MatchConditions
from azure.core.exceptions import HttpResponseError
from azure.storage.blob import BlobBlock, BlobServiceClient, ContainerClient, ContentSettings

from tests.emulator.services.storage.conftest import StorageAccount

ACCOUNT = "devstoreaccount1"
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
COMPARED = (
    "content-length",
    "content-range",
    "content-md5",
    "x-ms-blob-type",
    "x-ms-error-code",
    "content-type",
)
COMPARED += ("x-ms-lease-state", "x-ms-lease-status", "x-ms-blob-append-offset", "x-ms-meta-k")
SECONDS_TO_START = 30


def _azurite() -> str | None:
    given = os.environ.get("AZURITE")
    return given or shutil.which("azurite-blob") or shutil.which("azurite-blob", path="node_modules/.bin")


@pytest.fixture(scope="module")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    command = _azurite()
    if command is None:
        pytest.skip("Azurite was not found: `npm install azurite`, or name its azurite-blob in AZURITE.")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("azurite")
    options = ["--blobPort", str(port), "--location", str(folder), "--silent", "--skipApiVersionCheck"]
    with subprocess.Popen(
        [command, *options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _wait(port, process)
            yield f"http://127.0.0.1:{port}/{ACCOUNT}"
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.skip(f"Azurite did not start within {SECONDS_TO_START} seconds.")


class Transcript:
    """What a service answered to each request of a scenario."""

    def __init__(self) -> None:
        self.lines: list[tuple[Any, ...]] = []

    def note(self, response: Any) -> None:
        headers = {name: response.http_response.headers.get(name) for name in COMPARED}
        if headers["content-type"] == "application/xml" or response.http_response.status_code >= 400:
            headers.pop("content-length")
            headers.pop("content-type")
        shown = {name: value for name, value in headers.items() if value is not None}
        self.lines.append((response.http_request.method, response.http_response.status_code, shown))


def play(
    service: BlobServiceClient, scenario: Callable[[ContainerClient], Any], name: str
) -> tuple[Any, Any]:
    transcript = Transcript()
    container = service.create_container(name, raw_response_hook=transcript.note)
    try:
        result = scenario(Hooked(container, transcript))  # type: ignore[arg-type]
    except HttpResponseError as error:
        result = str(getattr(error, "error_code", ""))
    return result, transcript.lines


class Hooked:
    """A client whose every call notes the answers it got."""

    def __init__(self, client: Any, transcript: Transcript) -> None:
        self._client, self._transcript = client, transcript

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        if name == "get_blob_client":
            return lambda *values: Hooked(method(*values), self._transcript)
        return lambda *values, **named: method(*values, raw_response_hook=self._transcript.note, **named)


def whole_blob(data: Any) -> Any:
    blob = data.get_blob_client("a b/ü")
    settings = ContentSettings(content_type="text/plain")
    blob.upload_blob(b"hello world", metadata={"k": "v"}, content_settings=settings)
    blob.get_blob_properties()
    return blob.download_blob().readall()


def ranges(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(bytes(range(100)))
    return [blob.download_blob(offset=at, length=size).readall() for at, size in ((0, 1), (50, 10), (90, 50))]


def beyond_the_end(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(b"0123")
    return blob.download_blob(offset=10, length=5).readall()


def empty_blob(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(b"")
    return blob.download_blob().readall()


def exists_already(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(b"1")
    return blob.upload_blob(b"2")


def missing(data: Any) -> Any:
    return data.get_blob_client("nope").download_blob().readall()


def missing_delete(data: Any) -> Any:
    return data.get_blob_client("nope").delete_blob()


def wrong_etag(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(b"1")
    return blob.delete_blob(etag='"0x1"', match_condition=MatchConditions.IfNotModified)


def listing(data: Any) -> Any:
    for name in ("a/1", "a/2", "b", "c/d/e"):
        data.get_blob_client(name).upload_blob(b"1", metadata={"k": name[0]})
    flat = [(one.name, one.size, one.metadata) for one in data.list_blobs(include=["metadata"])]
    return (
        flat,
        [one.name for one in data.walk_blobs()],
        [one.name for one in data.list_blobs(name_starts_with="a/")],
    )


def blocks(data: Any) -> Any:
    blob = data.get_blob_client("x")
    for name in ("1", "2", "3"):
        blob.stage_block(name, name.encode() * 3)
    before = [len(found) for found in blob.get_block_list("all")]
    blob.commit_block_list([BlobBlock("3"), BlobBlock("1")])
    return before, [len(found) for found in blob.get_block_list("all")], blob.download_blob().readall()


def unknown_block(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.stage_block("1", b"x")
    return blob.commit_block_list([BlobBlock("2")])


def append(data: Any) -> Any:
    blob = data.get_blob_client("log")
    blob.create_append_blob()
    blob.append_block(b"one")
    blob.append_block(b"two")
    return blob.download_blob().readall()


def wrong_kind(data: Any) -> Any:
    blob = data.get_blob_client("log")
    blob.create_append_blob()
    return blob.stage_block("1", b"x")


def pages(data: Any) -> Any:
    blob = data.get_blob_client("page")
    blob.create_page_blob(1536)
    blob.upload_page(b"x" * 512, 512, 512)
    return blob.download_blob().readall()


def lease(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(b"1")
    blob.acquire_lease()
    blob.get_blob_properties()
    return blob.delete_blob()


def copy(data: Any) -> Any:
    source = data.get_blob_client("x")
    source.upload_blob(b"copied", metadata={"k": "v"})
    target = data.get_blob_client("y")
    target.start_copy_from_url(source._client.url)
    target.get_blob_properties()
    return target.download_blob().readall()


def metadata(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(b"1", metadata={"k": "old"})
    blob.set_blob_metadata({"k": "new"})
    data.set_container_metadata({"k": "there"})
    return blob.get_blob_properties().metadata, data.get_container_properties().metadata


def tier(data: Any) -> Any:
    blob = data.get_blob_client("x")
    blob.upload_blob(b"1")
    blob.set_standard_blob_tier("Cool")
    return blob.get_blob_properties().blob_tier


SCENARIOS = [
    whole_blob, ranges, beyond_the_end, empty_blob, exists_already, missing, missing_delete, wrong_etag, listing,
    blocks, unknown_block, append, wrong_kind, pages, lease, copy, metadata, tier,
]  # fmt: skip


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.__name__)
def test_the_same_answers(azurite: str, account: StorageAccount, scenario: Callable[[Any], Any]) -> None:
    name = scenario.__name__.replace("_", "-")
    theirs = play(BlobServiceClient(azurite, credential=KEY, retry_total=0), scenario, f"{name}-data")
    ours = play(account.blobs(), scenario, f"{name}-data")
    assert ours == theirs
