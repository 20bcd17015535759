"""A storage account as a grader sees it: what is seeded, and what the student's code left there."""

from __future__ import annotations

from urllib.parse import quote
from xml.etree import ElementTree

from course_runtime.emulator import Cloud

BLOB_TYPE = {"x-ms-blob-type": "BlockBlob", "Content-Type": "application/octet-stream"}


class Storage:
    """Reads and writes as the cloud's master: no right is asked for, and nothing of it is in the log."""

    def __init__(self, cloud: Cloud, account: str) -> None:
        self._cloud = cloud
        self._host = f"{account}.blob.core.windows.net"

    def add_container(self, name: str) -> None:
        """A container; in a data lake, a file system."""
        self._ask("PUT", f"/{name}?restype=container")

    def write(self, container: str, path: str, data: bytes) -> None:
        self._ask("PUT", f"/{container}/{quote(path)}", data, BLOB_TYPE)

    def touch(self, container: str, path: str) -> None:
        """Change a blob's metadata: from now on this is when it was last modified."""
        headers = {"x-ms-meta-touched": "yes"}
        self._ask("PUT", f"/{container}/{quote(path)}?comp=metadata", b"", headers)

    def read(self, container: str, path: str) -> bytes | None:
        """A blob's content, None when it is not there."""
        answer = self._cloud.request("GET", f"/{container}/{quote(path)}", host=self._host)
        return None if answer.status == 404 else answer.content

    def tiers(self, container: str) -> dict[str, str]:
        """Every blob of a container with its access tier; a data lake's folders are not among them."""
        found: dict[str, str] = {}
        marker = ""
        while True:
            page = self._page(container, marker)
            for blob in page.iter("Blob"):
                if blob.findtext("Properties/ResourceType") != "directory":
                    found[blob.findtext("Name") or ""] = blob.findtext("Properties/AccessTier") or ""
            marker = page.findtext("NextMarker") or ""
            if not marker:
                return found

    def names(self, container: str) -> list[str]:
        return sorted(self.tiers(container))

    def _page(self, container: str, marker: str) -> ElementTree.Element:
        wanted = f"/{container}?restype=container&comp=list&marker={quote(marker, safe='')}"
        return ElementTree.fromstring(self._ask("GET", wanted))

    def _ask(
        self, method: str, path: str, data: bytes | None = None, headers: dict[str, str] | None = None
    ) -> bytes:
        answer = self._cloud.request(method, path, data, host=self._host, headers=headers)
        if answer.status >= 400:
            raise RuntimeError(f"{method} {self._host}{path} was answered {answer.status}: {answer.body}")
        return answer.content
