"""Lists of containers and of blobs: prefix, delimiter, pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from itertools import islice

from starlette.responses import Response

from course_runtime.emulator.services.storage import leases, xml
from course_runtime.emulator.services.storage.call import Call, xml_answer
from course_runtime.emulator.services.storage.errors import StorageError
from course_runtime.emulator.services.storage.formats import http_date
from course_runtime.emulator.store.blobs import Blob, BlobStore, Container

LARGEST_PAGE = 5000
LAST_CHARACTER = "\U0010ffff"
Entry = Blob | str
"""A blob, or the common beginning of the names of several."""


async def containers(call: Call) -> Response:
    prefix, size = call.query.get("prefix", ""), _page_size(call)
    found = list(islice(call.store.containers(call.key, start=read_marker(call), prefix=prefix), size + 1))
    root = _results(call, [("Prefix", prefix or None), ("Marker", call.query.get("marker") or None)])
    group = xml.add(root, "Containers")
    wanted = _included(call)
    for container in found[:size]:
        _add_container(group, container, call, with_metadata="metadata" in wanted)
    xml.add(root, "NextMarker", write_marker(found[size].name) if len(found) > size else "")
    return xml_answer(xml.document(root))


async def blobs(call: Call) -> Response:
    call.require_container()
    prefix, delimiter, size = call.query.get("prefix", ""), call.query.get("delimiter", ""), _page_size(call)
    entries = walk(call.store, call.key, call.container, prefix, delimiter, read_marker(call))
    found = list(islice(entries, size + 1))
    head = [("Prefix", prefix or None), ("Marker", call.query.get("marker") or None)]
    head += [("MaxResults", call.query.get("maxresults")), ("Delimiter", delimiter or None)]
    root = _results(call, head)
    root.set("ContainerName", call.container)
    group = xml.add(root, "Blobs")
    wanted = _included(call)
    for entry in found[:size]:
        if isinstance(entry, str):
            xml.add_name(xml.add(group, "BlobPrefix"), entry)
        else:
            _add_blob(group, entry, call, wanted)
    xml.add(root, "NextMarker", write_marker(_name(found[size])) if len(found) > size else "")
    return xml_answer(xml.document(root))


def walk(
    store: BlobStore, account: str, container: str, prefix: str, delimiter: str, start: str = ""
) -> Iterator[Entry]:
    """Names in order; with a delimiter each common beginning once, and what lies below it is jumped over."""
    start = max(start, prefix)
    while found := store.blobs(account, container, start=start, limit=500):
        jump = ""
        for blob in found:
            if not blob.name.startswith(prefix):
                return
            cut = blob.name.find(delimiter, len(prefix)) if delimiter else -1
            if cut == -1:
                yield blob
                continue
            common = blob.name[: cut + len(delimiter)]
            yield common
            jump = common + LAST_CHARACTER
            break
        start = jump or found[-1].name + "\0"


def write_marker(name: str) -> str:
    """Where the next page begins; opaque to clients."""
    return base64.urlsafe_b64encode(name.encode()).decode()


def read_marker(call: Call, parameter: str = "marker") -> str:
    try:
        return base64.b64decode(call.query.get(parameter, "").encode(), b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise StorageError(
            400,
            "OutOfRangeInput",
            "One of the request inputs is out of range: the marker is not one that this service gave.",
        ) from None


def _name(entry: Entry) -> str:
    return entry if isinstance(entry, str) else entry.name


def _page_size(call: Call) -> int:
    return min(call.number("maxresults", LARGEST_PAGE), LARGEST_PAGE)


def _included(call: Call) -> set[str]:
    return {word for word in call.query.get("include", "").lower().split(",") if word}


def _results(call: Call, head: list[tuple[str, str | None]]) -> xml.Element:
    root = xml.Element("EnumerationResults", ServiceEndpoint=f"https://{call.request.scope['host']}/")
    xml.add_all(root, head)
    return root


def _add_container(group: xml.Element, container: Container, call: Call, *, with_metadata: bool) -> None:
    one = xml.add(group, "Container")
    xml.add(one, "Name", container.name)
    lease = leases.shown(container.lease, call.now)
    details = [
        ("Last-Modified", http_date(container.modified)),
        ("Etag", container.etag),
        ("LeaseStatus", lease["x-ms-lease-status"]),
        ("LeaseState", lease["x-ms-lease-state"]),
        ("LeaseDuration", lease.get("x-ms-lease-duration")),
        ("PublicAccess", container.public or None),
        ("HasImmutabilityPolicy", "false"),
        ("HasLegalHold", "false"),
    ]
    xml.add_all(xml.add(one, "Properties"), details)
    if with_metadata:
        xml.add_all(xml.add(one, "Metadata"), container.metadata.items())


def _add_blob(group: xml.Element, blob: Blob, call: Call, wanted: set[str]) -> None:
    one = xml.add(group, "Blob")
    xml.add_name(one, blob.name)
    xml.add_all(xml.add(one, "Properties"), _properties(blob, call))
    if "metadata" in wanted:
        xml.add_all(xml.add(one, "Metadata"), blob.metadata.items())
    if "tags" in wanted and blob.tags:
        tags = xml.add(xml.add(one, "Tags"), "TagSet")
        for name, value in blob.tags.items():
            xml.add_all(xml.add(tags, "Tag"), [("Key", name), ("Value", value)])


def _properties(blob: Blob, call: Call) -> list[tuple[str, object | None]]:
    lease = leases.shown(blob.lease, call.now)
    is_block = blob.type == "BlockBlob"
    return [
        ("Creation-Time", http_date(blob.created)),
        ("Last-Modified", http_date(blob.modified)),
        ("Etag", blob.etag.strip('"')),
        ("ResourceType", ("directory" if blob.metadata.get("hdi_isfolder") else "file"))
        if call.account.hierarchical
        else ("ResourceType", None),
        ("Content-Length", blob.size),
        ("Content-Type", blob.headers.get("content-type", "application/octet-stream")),
        ("Content-Encoding", blob.headers.get("content-encoding", "")),
        ("Content-Language", blob.headers.get("content-language", "")),
        ("Content-MD5", blob.headers.get("content-md5", "")),
        ("Cache-Control", blob.headers.get("cache-control", "")),
        ("Content-Disposition", blob.headers.get("content-disposition", "")),
        ("BlobType", blob.type),
        ("AccessTier", (blob.tier or call.account.access_tier) if is_block else None),
        ("AccessTierInferred", "true" if is_block and not blob.tier else None),
        ("AccessTierChangeTime", http_date(blob.tier_changed) if blob.tier_changed else None),
        ("LeaseStatus", lease["x-ms-lease-status"]),
        ("LeaseState", lease["x-ms-lease-state"]),
        ("LeaseDuration", lease.get("x-ms-lease-duration")),
        ("TagCount", len(blob.tags) or None),
        ("ServerEncrypted", "true"),
    ]
