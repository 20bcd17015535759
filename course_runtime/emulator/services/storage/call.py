"""One request to a storage account, taken apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import Response

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.services.storage.accounts import Account
from course_runtime.emulator.services.storage.errors import (
    StorageError,
    blob_not_found,
    container_not_found,
    invalid_query,
)
from course_runtime.emulator.store.blobs import Blob, BlobStore, Container

LARGEST_DOCUMENT = 8 * 1024 * 1024
"""Of the XML and JSON that a request may carry; content is streamed and has no such bound."""


@dataclass(frozen=True)
class Caller:
    """Who asks, and by what right: `key`, `sas`, `token`, `anonymous` or `trusted`."""

    kind: str
    name: str
    letters: str = ""
    """What a shared access signature permits."""
    object_id: str = ""


@dataclass
class Call:
    request: Request
    cloud: Cloud
    account: Account
    service: str
    """`blob` (the data lake included) or `file`."""
    container: str
    path: str
    query: Mapping[str, str]
    caller: Caller = field(default_factory=lambda: Caller("anonymous", ""))

    @property
    def store(self) -> BlobStore:
        return self.cloud.blobs

    @property
    def key(self) -> str:
        return self.account.files_key if self.service == "file" else self.account.key

    @property
    def headers(self) -> Mapping[str, str]:
        return self.request.headers

    @property
    def method(self) -> str:
        return self.request.method

    @property
    def now(self) -> float:
        return self.cloud.clock.now()

    def header(self, name: str) -> str:
        return self.request.headers.get(name, "")

    def number(self, name: str, default: int, *, least: int = 1) -> int:
        """A whole number from the query."""
        text = self.query.get(name, "")
        if not text:
            return default
        if not text.isdecimal() or len(text) > 15 or int(text) < least:
            raise invalid_query(name, text, f"A whole number from {least} on was expected.")
        return int(text)

    async def document(self) -> bytes:
        """The whole body of a request that carries XML or JSON."""
        body = b""
        async for chunk in self.request.stream():
            body += chunk
            if len(body) > LARGEST_DOCUMENT:
                raise StorageError(
                    413,
                    "RequestBodyTooLarge",
                    "The request body is too large and exceeds the maximum permissible limit.",
                )
        return body

    def require_container(self) -> Container:
        found = self.store.container(self.key, self.container)
        if found is None:
            raise container_not_found()
        return found

    def find_blob(self) -> Blob | None:
        self.require_container()
        return self.store.blob(self.key, self.container, self.path)

    def require_blob(self) -> Blob:
        found = self.find_blob()
        if found is None:
            raise blob_not_found()
        return found

    def url(self) -> str:
        return f"https://{self.request.scope['host']}{self.request.scope['path']}"


def answer(status: int, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Response:
    given = {name: value for name, value in (headers or {}).items() if value != ""}
    return Response(body, status, given)


def xml_answer(body: bytes, status: int = 200) -> Response:
    return answer(status, {"Content-Type": "application/xml"}, body)


def json_page(body: object, continuation: str) -> Response:
    """A data lake's answer in JSON; where the next page begins stands in a header."""
    headers = {"Content-Type": "application/json;charset=utf-8", "x-ms-continuation": continuation}
    return answer(200, headers, json.dumps(body).encode())
