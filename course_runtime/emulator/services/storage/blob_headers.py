"""A blob's headers: what a request gives, what an answer shows."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl

from course_runtime.emulator.services.storage import leases
from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.errors import (
    StorageError,
    invalid_header,
    missing_header,
)
from course_runtime.emulator.services.storage.formats import http_date, metadata_in, metadata_out
from course_runtime.emulator.services.storage.sas import RESPONSE_HEADERS
from course_runtime.emulator.store.blobs import Blob

KEPT_HEADERS = (
    "content-type",
    "content-encoding",
    "content-language",
    "content-disposition",
    "cache-control",
    "content-md5",
)
TIERS = ("Hot", "Cool", "Cold", "Archive")
DEFAULT_TYPE = "application/octet-stream"
METADATA_NAME = re.compile(r"[a-zA-Z_][a-zA-Z0-9_]*")


def given_headers(call: Call) -> dict[str, str]:
    """Content-Type and its like: `x-ms-blob-…` says it for the blob, the plain header for the request."""
    found = {}
    for name in KEPT_HEADERS:
        value = call.header(f"x-ms-blob-{name}") or (call.header(name) if _is_whole_put(call) else "")
        if value:
            found[name] = value
    return found


def given_metadata(call: Call) -> dict[str, str]:
    found = metadata_in(call.headers)
    for name in found:
        if not METADATA_NAME.fullmatch(name):
            raise StorageError(
                400,
                "InvalidMetadata",
                "The metadata specified is invalid. It has characters that are not permitted.",
                more={"HeaderName": f"x-ms-meta-{name}"},
            )
    return found


def given_tags(text: str) -> dict[str, str]:
    return dict(parse_qsl(text, keep_blank_values=True))


def given_tier(call: Call) -> str:
    given = call.header("x-ms-access-tier")
    if not given:
        raise missing_header("x-ms-access-tier")
    found = {tier.lower(): tier for tier in TIERS}.get(given.lower())
    if found is None:
        raise invalid_header("x-ms-access-tier", given, f"One of {', '.join(TIERS)} was expected.")
    return found


def written(blob: Blob) -> dict[str, str]:
    """What every change of a blob answers."""
    headers = {"ETag": blob.etag, "Last-Modified": http_date(blob.modified)}
    return headers | {"x-ms-request-server-encrypted": "true"}


def shown(call: Call, blob: Blob) -> dict[str, str]:
    """A blob's properties, as GET and HEAD answer them."""
    headers = {
        "Content-Type": DEFAULT_TYPE,
        "ETag": blob.etag,
        "Last-Modified": http_date(blob.modified),
        "Accept-Ranges": "bytes",
        "x-ms-blob-type": blob.type,
        "x-ms-creation-time": http_date(blob.created),
        "x-ms-server-encrypted": "true",
        **{("Content-MD5" if name == "content-md5" else name.title()): v for name, v in blob.headers.items()},
        **leases.shown(blob.lease, call.now),
        **blob.copy,
        **metadata_out(blob.metadata),
    }
    if blob.type == "BlockBlob":
        headers["x-ms-access-tier"] = blob.tier or call.account.access_tier
        headers |= {} if blob.tier else {"x-ms-access-tier-inferred": "true"}
    if blob.tier_changed:
        headers["x-ms-access-tier-change-time"] = http_date(blob.tier_changed)
    if blob.type == "AppendBlob":
        headers["x-ms-blob-committed-block-count"] = str(len(blob.extents))
    if blob.type == "PageBlob":
        headers["x-ms-blob-sequence-number"] = str(blob.properties.get("sequence", "0"))
    if blob.tags:
        headers["x-ms-tag-count"] = str(len(blob.tags))
    if call.account.hierarchical:
        headers["x-ms-resource-type"] = "directory" if blob.metadata.get("hdi_isfolder") else "file"
    asked = {name: call.query[key] for key, name in RESPONSE_HEADERS.items() if call.query.get(key)}
    return headers | {name.title(): value for name, value in asked.items()}


def _is_whole_put(call: Call) -> bool:
    """Put Blob takes the request's own headers too; the others speak of their XML body with them."""
    return call.method == "PUT" and not call.query.get("comp")
