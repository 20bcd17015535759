"""The storage endpoints: every operation of their tables with odd queries, headers and bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator import Cloud
from course_runtime.emulator.services.storage import blob_operations, dfs_routes, file_routes

from .judging import judge, judge_xml
from .values import HEADER_TEXTS, SEGMENTS, TRIES

QUERIES = [
    "prefix",
    "delimiter",
    "marker",
    "maxresults",
    "include",
    "blockid",
    "blocklisttype",
    "timeout",
    "snapshot",
]
QUERIES += [
    "resource",
    "recursive",
    "directory",
    "continuation",
    "position",
    "retainUncommittedData",
    "close",
    "upn",
]
QUERIES += [
    "action",
    "mode",
    "sv",
    "sig",
    "se",
    "sp",
    "sr",
    "versionid",
    "restype",
    "comp",
    "flush",
    "maxRecords",
]
HEADERS = [
    "Range",
    "x-ms-range",
    "If-Match",
    "If-None-Match",
    "If-Modified-Since",
    "If-Unmodified-Since",
    "Content-MD5",
]
HEADERS += ["x-ms-blob-type", "x-ms-copy-source", "x-ms-lease-id", "x-ms-lease-action", "x-ms-lease-duration"]
HEADERS += [
    "x-ms-access-tier",
    "x-ms-version",
    "x-ms-date",
    "x-ms-blob-content-md5",
    "x-ms-meta-a",
    "x-ms-write",
]
HEADERS += [
    "x-ms-range-get-content-md5",
    "x-ms-proposed-lease-id",
    "x-ms-rename-source",
    "x-ms-properties",
    "x-ms-acl",
]
HEADERS += [
    "x-ms-permissions",
    "x-ms-umask",
    "x-ms-content-length",
    "x-ms-share-quota",
    "x-ms-type",
    "x-ms-tags",
]
HEADERS += ["x-ms-blob-public-access", "x-ms-content-crc64", "x-ms-blob-condition-maxsize", "Authorization"]
HEADERS += [
    "x-ms-lease-break-period",
    "x-ms-delete-snapshots",
    "x-ms-file-creation-time",
    "x-ms-owner",
    "Origin",
]
HEADER_EDGES = [
    "bytes=0-3",
    "bytes=9-",
    "bytes=-1",
    "bytes=5-2",
    "*",
    '"0x1"',
    "BlockBlob",
    "AppendBlob",
    "PageBlob",
]
HEADER_EDGES += [
    "acquire",
    "renew",
    "break",
    "release",
    "change",
    "-1",
    "15",
    "9" * 20,
    "Hot",
    "true",
    "update",
    "clear",
]
HEADER_EDGES += [
    "Mon, 01 Jan 2024 00:00:00 GMT",
    "https://fuzzdata.blob.core.windows.net/data/a",
    "/data/a?x",
    "AAAA",
]
HEADER_EDGES += [
    "user::rwx,group::r--,other::---",
    "0777",
    "7777",
    "rwxrwxrwx",
    "SharedKey fuzzdata:AAAA",
    "Bearer x",
]
VALUES = HEADER_TEXTS | st.sampled_from(HEADER_EDGES)
QUERY_EDGES = [
    "file",
    "directory",
    "filesystem",
    "container",
    "share",
    "list",
    "block",
    "blocklist",
    "metadata",
]
QUERY_EDGES += [
    "append",
    "flush",
    "0",
    "3",
    "-1",
    "9" * 30,
    "true",
    "AAAA",
    "QQ==",
    "all",
    "deleted",
    "properties",
]
QUERY_VALUES = SEGMENTS | st.sampled_from([*QUERY_EDGES, "setAccessControl", "setAccessControlRecursive"])
XML = [b"<a/>", b"<BlockList><Latest>AAAA</Latest></BlockList>", b"<BlockList><Latest>", b"<!DOCTYPE a><a/>"]
XML += [
    b"<SignedIdentifiers><SignedIdentifier/></SignedIdentifiers>",
    b"<StorageServiceProperties/>",
    b"\xff\xfe<",
]
XML += [b"<KeyInfo><Start>x</Start><Expiry>y</Expiry></KeyInfo>", b"<?xml version='1.0'?>" + b"<a>" * 3_000]
BODIES = st.none() | st.binary(max_size=40) | st.sampled_from(XML)
HOLDERS = {"blob": "data", "dfs": "lake", "file": "share"}
MAKERS: list[tuple[str, str, Any, dict[str, str]]] = [
    ("blob", "/data?restype=container", None, {}),
    ("blob", "/data/a", b"0123456789", {"x-ms-blob-type": "BlockBlob"}),
    ("blob", "/data/append", None, {"x-ms-blob-type": "AppendBlob"}),
    ("dfs", "/lake?resource=filesystem", None, {}),
    ("dfs", "/lake/a?resource=file", None, {}),
    ("dfs", "/lake/dir/b?resource=file", None, {}),
    ("file", "/share?restype=share", None, {}),
    ("file", "/share/a", None, {"x-ms-type": "file", "x-ms-content-length": "10"}),
    ("file", "/share/dir?restype=directory", None, {}),
]


def operations() -> list[tuple[str, str, str, str]]:
    tables = {"blob": blob_operations.TABLE, "dfs": dfs_routes.TABLE, "file": file_routes.TABLE}
    return [(service, *key) for service, table in tables.items() for key in table]


@pytest.fixture(params=["flat", "hierarchical"])
def account(request: pytest.FixtureRequest, cloud: Cloud, group_id: str) -> Iterator[Cloud]:
    body = {"location": "eastus", "properties": {"isHnsEnabled": request.param == "hierarchical"}}
    made = cloud.request("PUT", f"{group_id}/providers/Microsoft.Storage/storageAccounts/fuzzdata", body)
    assert made.status == 200
    furnish(cloud)
    yield cloud


def furnish(cloud: Cloud) -> None:
    for service, path, body, headers in MAKERS:
        ask(cloud, service, "PUT", path, body, headers)


def ask(cloud: Cloud, service: str, method: str, path: str, body: Any, headers: dict[str, str]) -> Any:
    sent = {"x-ms-version": "2021-12-02", **headers}
    return cloud.request(method, path, body, host=f"fuzzdata.{service}.core.windows.net", headers=sent)


@TRIES
@given(
    st.sampled_from(operations()),
    st.sampled_from(["a", "append", "dir", "dir/b", "missing", ""]) | SEGMENTS,
    st.dictionaries(st.sampled_from(QUERIES), QUERY_VALUES, max_size=4),
    st.dictionaries(st.sampled_from(HEADERS), VALUES, max_size=4),
    BODIES,
)
def test_any_operation(
    account: Cloud, operation: Any, name: str, query: Any, headers: Any, body: Any
) -> None:
    service, level, method, comp = operation
    holder = HOLDERS[service]
    path = {"account": "/", "container": f"/{holder}", "filesystem": f"/{holder}", "share": f"/{holder}"}.get(
        level, f"/{holder}/{quote(name, safe='/', errors='replace')}"
    )
    kind = {"container": "container", "share": "share", "directory": "directory"}.get(level)
    asked = {**({"restype": kind} if kind else {}), **({"comp": comp} if comp else {})}
    asked |= {"resource": "filesystem"} if level == "filesystem" else {}
    asked |= query
    text = "&".join(f"{key}={quote(value, safe='', errors='replace')}" for key, value in asked.items())
    answer = ask(account, service, method, f"{path}?{text}", body, headers)
    (judge if service == "dfs" else judge_xml)(answer, operation, path, asked, headers, body)
    furnish(account)
