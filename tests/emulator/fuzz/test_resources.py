"""Every ARM resource type: good bodies with a place spoiled, odd queries, bytes, methods and headers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services import catalogue

from .conftest import Furnished
from .judging import judge
from .resources import RESOURCES
from .values import HEADER_TEXTS, METHODS, SEGMENTS, TEXTS, TRIES, VALUES, nearly

INDEXES = st.integers(0, len(RESOURCES) - 1)
QUERIES = [
    "$top",
    "$skipToken",
    "$filter",
    "$orderBy",
    "listViewType",
    "count",
    "hash",
    "stage",
    "tags",
    "jobType",
]
QUERIES += ["api-version", "properties", "names", "isDefault", "searchText", "latestVersionOnly"]


HEADERS = ["If-Match", "If-None-Match", "Content-Type", "Accept", "Authorization", "x-ms-client-request-id"]
HEADERS += ["Content-Encoding", "Range", "Expect", "X-HTTP-Method-Override", "Cookie", "Host"]
ACTION_BODY = {
    "Name": "n",
    "idleTimeBeforeShutdown": "PT30M",
    "keyType": "Primary",
    "keyName": "key1",
    "keyValue": "k",
    "properties": {
        "sourceAssetId": "azureml://locations/eastus/workspaces/w/models/m/versions/1",
        "template": {},
    },
    "assetId": "a",
    "blobUri": "https://a.blob.core.windows.net/c/d",
}
NEVER_MADE = (
    "Microsoft.MachineLearningServices/workspaces/batchEndpoints/jobs",
    "Microsoft.Authorization/roleDefinitions",
    "Microsoft.MachineLearningServices/locations/vmSizes",
    "Microsoft.MachineLearningServices/locations/usages",
    "Microsoft.MachineLearningServices/registries/datarefs/versions",
)


def test_one_of_every_type_is_there(furnished: Furnished) -> None:
    types = {one.type for one in catalogue.registry()}
    assert {parse(path).full_type for path, _ in furnished.resources} == types
    refused = {
        path: answer for path, answer in furnished.refused.items() if parse(path).full_type not in NEVER_MADE
    }
    assert not refused


@TRIES
@given(st.data(), INDEXES, st.sampled_from(["PUT", "PUT", "PATCH"]))
def test_spoiled_bodies(furnished: Furnished, data: st.DataObject, index: int, method: str) -> None:
    path, good = furnished.resources[index]
    body = data.draw(nearly(good))
    name = data.draw(st.sampled_from(["", "", "", "new"]))
    judge(furnished.cloud.request(method, path + name, body), method, path + name, body)
    judge(furnished.cloud.request("GET", path + name), path + name)
    judge(furnished.cloud.request("GET", path.rpartition("/")[0]), "list after", body)


@TRIES
@given(st.data(), INDEXES, st.none() | VALUES)
def test_actions(furnished: Furnished, data: st.DataObject, index: int, body: Any) -> None:
    path, _ = furnished.resources[index]
    resource = catalogue.registry().require(parse(path).full_type)
    known = sorted(resource.actions())
    name = data.draw(st.sampled_from([*known, "validate", "startPendingUpload", "nothing"]))
    good = data.draw(nearly(ACTION_BODY)) if data.draw(st.booleans()) else body
    judge(furnished.cloud.request("POST", f"{path}/{name}", good), path, name, good)
    judge(furnished.cloud.request("GET", path), path)


@TRIES
@given(INDEXES, METHODS, st.dictionaries(st.sampled_from(QUERIES), TEXTS, max_size=4))
def test_queries(furnished: Furnished, index: int, method: str, query: dict[str, str]) -> None:
    path, good = furnished.resources[index]
    text = "&".join(f"{key}={quote(value, safe='', errors='replace')}" for key, value in query.items())
    body = good if method in ("PUT", "PATCH") else None
    for one in (path, path.rpartition("/")[0]):
        judge(furnished.cloud.request(method, f"{one}?{text}", body), method, one, query)


@TRIES
@given(INDEXES, st.integers(0, 3_000), st.binary(max_size=6), st.sampled_from(["PUT", "PATCH", "POST"]))
def test_broken_json(furnished: Furnished, index: int, cut: int, noise: bytes, method: str) -> None:
    path, good = furnished.resources[index]
    sent = json.dumps(good).encode()
    place = cut % (len(sent) + 1)
    for broken in (sent[:place], sent[:place] + noise + sent[place + len(noise) :]):
        judge(furnished.cloud.request(method, path, broken), method, path, broken)


@TRIES
@given(INDEXES, st.sampled_from(HEADERS), HEADER_TEXTS, METHODS)
def test_headers(furnished: Furnished, index: int, name: str, value: str, method: str) -> None:
    path, good = furnished.resources[index]
    body = good if method in ("PUT", "PATCH") else None
    judge(furnished.cloud.request(method, path, body, headers={name: value}), method, path, name, value)


@TRIES
@given(st.data(), INDEXES, METHODS, st.lists(SEGMENTS, max_size=4))
def test_paths(furnished: Furnished, data: st.DataObject, index: int, method: str, more: list[str]) -> None:
    """A known path with segments changed, left out, or put after it."""
    path, good = furnished.resources[index]
    parts = path.strip("/").split("/") + more
    place = data.draw(st.integers(0, len(parts) - 1))
    parts[place : place + 1] = data.draw(st.lists(SEGMENTS, max_size=2))
    odd = "/" + "/".join(quote(one, safe="", errors="replace") for one in parts)
    judge(
        furnished.cloud.request(method, odd, good if method in ("PUT", "PATCH", "POST") else None),
        method,
        odd,
    )
