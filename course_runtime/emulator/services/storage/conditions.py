"""If-Match and its like: does the request still speak of the blob that is there?"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from starlette.responses import Response

from course_runtime.emulator.services.storage.errors import (
    StorageError,
    blob_already_exists,
    condition_not_met,
)
from course_runtime.emulator.services.storage.formats import parse_http_date
from course_runtime.emulator.store.blobs import Blob, Container

NAMES = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")


class NotModified(Exception):
    """A read whose condition says that the client has the present state."""

    def __init__(self, etag: str) -> None:
        super().__init__(etag)
        self.etag = etag

    def response(self) -> Response:
        return Response(status_code=304, headers={"ETag": self.etag, "x-ms-error-code": "ConditionNotMet"})


def check_read(headers: Mapping[str, str], found: Blob | Container) -> None:
    unmet = _unmet(headers, found)
    if unmet in ("if-none-match", "if-modified-since"):
        raise NotModified(found.etag)
    if unmet:
        raise condition_not_met()


def check_write(headers: Mapping[str, str], found: Blob | Container | None) -> None:
    if found is None:
        if headers.get("if-match"):
            raise condition_not_met()
        return
    if headers.get("if-none-match") == "*":
        raise blob_already_exists()
    if _unmet(headers, found):
        raise condition_not_met()


def source_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The conditions on a copy's source, under their ordinary names."""
    prefix = "x-ms-source-"
    return {name[len(prefix) :]: value for name, value in headers.items() if name.startswith(f"{prefix}if-")}


def _unmet(headers: Mapping[str, str], found: Blob | Container) -> str:
    """The first condition that does not hold."""
    tests: dict[str, Callable[[str], bool]] = {
        "if-match": lambda value: value == "*" or found.etag in _etags(value),
        "if-none-match": lambda value: value != "*" and found.etag not in _etags(value),
        "if-modified-since": lambda value: int(found.modified) > _moment(value),
        "if-unmodified-since": lambda value: int(found.modified) <= _moment(value),
    }
    given = {name: headers[name] for name in NAMES if headers.get(name)}
    return next((name for name, value in given.items() if not tests[name](value)), "")


def _etags(value: str) -> set[str]:
    return {f'"{one.strip().removeprefix("W/").strip(chr(34))}"' for one in value.split(",")}


def _moment(value: str) -> float:
    moment = parse_http_date(value)
    if moment is None:
        raise StorageError(
            400, "InvalidHeaderValue", f"The value '{value}' of one of the HTTP headers is not a date."
        )
    return moment
