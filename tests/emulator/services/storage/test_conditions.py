from __future__ import annotations

from datetime import timedelta

import pytest

from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.storage import conditions
from course_runtime.emulator.services.storage.conditions import NotModified, check_read, check_write
from course_runtime.emulator.services.storage.formats import http_date
from course_runtime.emulator.store.blobs import Blob
from tests.emulator.services.storage.conftest import StorageAccount

BLOB = Blob("1", "c", "x", etag='"0x1"', modified=1_000_000.7)
SAME, BEFORE, AFTER = http_date(1_000_000), http_date(999_000), http_date(1_001_000)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"if-match": '"0x1"'}, 200),
        ({"if-match": "0x1"}, 200),
        ({"if-match": "*"}, 200),
        ({"if-match": '"0x2"'}, 412),
        ({"if-none-match": '"0x2"'}, 200),
        ({"if-none-match": '"0x1"'}, 304),
        ({"if-modified-since": BEFORE}, 200),
        ({"if-modified-since": SAME}, 304),
        ({"if-modified-since": AFTER}, 304),
        ({"if-unmodified-since": SAME}, 200),
        ({"if-unmodified-since": BEFORE}, 412),
        ({"if-modified-since": "yesterday"}, 400),
    ],
)
def test_reading(headers: dict[str, str], status: int) -> None:
    try:
        check_read(headers, BLOB)
        found = 200
    except NotModified as unchanged:
        found = unchanged.response().status_code
    except AzureError as error:
        found = error.status
    assert found == status


@pytest.mark.parametrize(
    ("headers", "there", "code"),
    [
        ({}, False, ""),
        ({"if-match": "*"}, False, "ConditionNotMet"),
        ({"if-none-match": "*"}, False, ""),
        ({"if-none-match": "*"}, True, "BlobAlreadyExists"),
        ({"if-match": '"0x2"'}, True, "ConditionNotMet"),
        ({"if-none-match": '"0x1"'}, True, "ConditionNotMet"),
        ({"if-modified-since": SAME}, True, "ConditionNotMet"),
        ({"if-unmodified-since": SAME}, True, ""),
    ],
)
def test_writing(headers: dict[str, str], there: bool, code: str) -> None:
    try:
        check_write(headers, BLOB if there else None)
        found = ""
    except AzureError as error:
        found = error.code
    assert found == code


def test_a_copy_names_its_conditions_apart() -> None:
    given = {"x-ms-source-if-match": "1", "if-match": "2", "x-ms-source-range": "3"}
    assert conditions.source_headers(given) == {"if-match": "1"}


def test_over_the_wire_a_read_answers_304(account: StorageAccount) -> None:
    account.blobs().create_container("data").upload_blob("x", b"1")
    later = http_date((account.now() + timedelta(hours=1)).timestamp())
    answer = account.rest("GET", "/data/x", if_modified_since=later)
    assert (answer.status, answer.body, answer.headers["x-ms-error-code"]) == (304, None, "ConditionNotMet")
