"""What is large passes through: the emulator never holds it. `STREAMED_MB=1024` sends a whole gigabyte."""

from __future__ import annotations

import hashlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient

from course_runtime.emulator import Cloud

from ...process import EmulatorProcess

MEGABYTE = 2**20
STREAMED = int(os.environ.get("STREAMED_MB", "160")) * MEGABYTE
MOST_MEMORY = 200 * MEGABYTE


class Noise(io.RawIOBase):
    """Bytes that do not repeat soon, made as they are read."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._block = os.urandom(MEGABYTE)
        self.digest = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        made = bytearray()
        wanted = self._left if size < 0 else min(size, self._left)
        while len(made) < wanted:
            made += self._block[: wanted - len(made)]
        self._left -= wanted
        self.digest.update(made)
        return bytes(made)


@pytest.fixture
def process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmulatorProcess]:
    running = EmulatorProcess(tmp_path / "state")
    for name, value in running.cloud.environment().items():
        monkeypatch.setenv(name, value)
    yield running
    running.end()


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of a process's memory is read from /proc")
def test_a_large_blob_goes_up_and_down_in_little_memory(process: EmulatorProcess) -> None:
    blob = account(process.cloud).create_container("large").get_blob_client("blob")
    sent = Noise(STREAMED)
    blob.upload_blob(sent, length=STREAMED, max_concurrency=2)
    received = hashlib.sha256()
    for chunk in blob.download_blob(max_concurrency=2).chunks():
        received.update(chunk)
    assert received.digest() == sent.digest.digest()
    assert peak_memory(int(process.client.status()["pid"])) < MOST_MEMORY


def account(cloud: Cloud) -> BlobServiceClient:
    group = f"/subscriptions/{cloud.access.subscription_id}/resourceGroups/{cloud.access.resource_group}"
    path = f"{group}/providers/Microsoft.Storage/storageAccounts/largedata"
    assert cloud.request("PUT", path, {"location": "eastus"}).status == 200
    key = cloud.request("POST", f"{path}/listKeys").body["keys"][0]["value"]
    return BlobServiceClient("https://largedata.blob.core.windows.net", key, retry_total=0)


def peak_memory(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (line,) = (one for one in lines if one.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
