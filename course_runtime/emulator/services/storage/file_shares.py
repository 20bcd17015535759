"""File shares themselves: create, list, quota, metadata, access policies, delete."""

from __future__ import annotations

from itertools import islice

from starlette.responses import Response

from course_runtime.emulator.services.storage import containers, file_entries, xml
from course_runtime.emulator.services.storage.blob_headers import given_metadata
from course_runtime.emulator.services.storage.call import Call, answer, xml_answer
from course_runtime.emulator.services.storage.errors import StorageError, invalid_header
from course_runtime.emulator.services.storage.formats import http_date, metadata_out, new_etag
from course_runtime.emulator.services.storage.listing import read_marker, write_marker
from course_runtime.emulator.store.blobs import Container

LARGEST_PAGE = 5000
DEFAULT_QUOTA = 5120
LARGEST_QUOTA = 102_400


async def list_shares(call: Call) -> Response:
    prefix = call.query.get("prefix", "")
    size = min(call.number("maxresults", LARGEST_PAGE), LARGEST_PAGE)
    found = list(islice(call.store.containers(call.key, start=read_marker(call), prefix=prefix), size + 1))
    root = xml.Element("EnumerationResults", ServiceEndpoint=f"https://{call.request.scope['host']}/")
    group = xml.add(root, "Shares")
    for share in found[:size]:
        one = xml.add(group, "Share")
        xml.add(one, "Name", share.name)
        values = [
            ("Last-Modified", http_date(share.modified)),
            ("Etag", share.etag),
            ("Quota", _quota(share)),
        ]
        xml.add_all(xml.add(one, "Properties"), values)
        if "metadata" in call.query.get("include", ""):
            xml.add_all(xml.add(one, "Metadata"), share.metadata.items())
    xml.add(root, "NextMarker", write_marker(found[size].name) if len(found) > size else "")
    return xml_answer(xml.document(root))


async def create(call: Call) -> Response:
    containers.require_name(call.container)
    if call.store.container(call.key, call.container):
        raise StorageError(409, "ShareAlreadyExists", "The specified share already exists.")
    share = Container(call.key, call.container, new_etag(), call.now, call.now, given_metadata(call))
    share.properties["quota"] = _given_quota(call)
    call.store.put_container(share)
    return answer(201, _written(share))


async def delete(call: Call) -> Response:
    file_entries.require_share(call)
    call.store.delete_container(call.key, call.container)
    return answer(202)


async def properties(call: Call) -> Response:
    share = file_entries.require_share(call)
    told = {"x-ms-share-quota": str(_quota(share)), "x-ms-access-tier": "TransactionOptimized"}
    lease = {"x-ms-lease-status": "unlocked", "x-ms-lease-state": "available"}
    return answer(200, _written(share) | told | lease | metadata_out(share.metadata))


async def set_properties(call: Call) -> Response:
    share = file_entries.require_share(call)
    share.properties["quota"] = _given_quota(call)
    return _keep(call, share)


async def set_metadata(call: Call) -> Response:
    share = file_entries.require_share(call)
    share.metadata = given_metadata(call)
    return _keep(call, share)


async def statistics(call: Call) -> Response:
    file_entries.require_share(call)
    used = sum(blob.size for blob in call.store.below(call.key, call.container, ""))
    root = xml.Element("ShareStats")
    xml.add(root, "ShareUsageBytes", used)
    return xml_answer(xml.document(root))


def _keep(call: Call, share: Container) -> Response:
    share.etag, share.modified = new_etag(), call.now
    call.store.put_container(share)
    return answer(200, _written(share))


def _written(share: Container) -> dict[str, str]:
    return {"ETag": share.etag, "Last-Modified": http_date(share.modified)}


def _quota(share: Container) -> int:
    return int(share.properties.get("quota", DEFAULT_QUOTA))


def _given_quota(call: Call) -> int:
    given = call.header("x-ms-share-quota")
    if not given:
        return DEFAULT_QUOTA
    if not given.isdecimal() or not 1 <= int(given) <= LARGEST_QUOTA:
        raise invalid_header("x-ms-share-quota", given, f"1 to {LARGEST_QUOTA} GiB were expected.")
    return int(given)
