"""Directories and files of a share: kept as blobs are, under names without a slash at the end."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.errors import StorageError
from course_runtime.emulator.services.storage.formats import http_date, metadata_out, new_etag
from course_runtime.emulator.services.storage.listing import LAST_CHARACTER
from course_runtime.emulator.store.blobs import Blob, Container
from course_runtime.emulator.store.clock import iso

DIRECTORY, FILE = "Directory", "File"


def share_not_found() -> StorageError:
    return StorageError(404, "ShareNotFound", "The specified share does not exist.")


def require_share(call: Call) -> Container:
    found = call.store.container(call.key, call.container)
    if found is None:
        raise share_not_found()
    return found


def find(call: Call) -> Blob | None:
    """The file or directory that the path names; the share itself is its root directory."""
    share = require_share(call)
    name = call.path.strip("/")
    if not name:
        return Blob(call.key, call.container, "", DIRECTORY, share.etag, share.created, share.modified)
    return call.store.blob(call.key, call.container, name)


def require(call: Call, kind: str) -> Blob:
    found = find(call)
    if found is None:
        _require_parent(call, missing_status=404)
        raise StorageError(404, "ResourceNotFound", "The specified resource does not exist.")
    if found.type != kind:
        raise StorageError(
            409,
            "ResourceTypeMismatch",
            "The specified resource type does not match the type of the existing resource: it is a "
            f"{found.type.lower()}.",
        )
    return found


def begin(call: Call, kind: str) -> Blob:
    """A new file or directory in a directory that is there."""
    existing = find(call)
    if existing and (kind == DIRECTORY or existing.type == DIRECTORY):
        raise StorageError(409, "ResourceAlreadyExists", "The specified resource already exists.")
    _require_parent(call, missing_status=404)
    name = call.path.strip("/")
    return Blob(call.key, call.container, name, kind, new_etag(), call.now, call.now)


def children(call: Call, directory: str) -> Iterator[Blob]:
    """What lies directly in a directory; deeper content is jumped over."""
    prefix = f"{directory}/" if directory else ""
    start = prefix
    while found := call.store.blobs(call.key, call.container, start=start, limit=200):
        jump = ""
        for blob in found:
            if not blob.name.startswith(prefix):
                return
            rest = blob.name[len(prefix) :]
            if "/" in rest:
                jump = prefix + rest.split("/", 1)[0] + "/" + LAST_CHARACTER
                break
            yield blob
        start = jump or found[-1].name + "\0"


def changed(call: Call, blob: Blob) -> None:
    blob.etag, blob.modified = new_etag(), call.now
    call.store.put(blob)


def written(blob: Blob) -> dict[str, str]:
    """What every change answers: the times and marks that a Windows file has."""
    moment = iso(blob.modified)
    return {
        "ETag": blob.etag,
        "Last-Modified": http_date(blob.modified),
        "x-ms-request-server-encrypted": "true",
        "x-ms-file-attributes": "Directory" if blob.type == DIRECTORY else "Archive",
        "x-ms-file-creation-time": iso(blob.created),
        "x-ms-file-last-write-time": moment,
        "x-ms-file-change-time": moment,
        "x-ms-file-permission-key": "0*0",
        "x-ms-file-id": identifier(blob.container, blob.name),
        "x-ms-file-parent-id": identifier(blob.container, blob.name.rpartition("/")[0]) if blob.name else "0",
    }


def shown(blob: Blob) -> dict[str, str]:
    headers = written(blob) | metadata_out(blob.metadata) | {"x-ms-server-encrypted": "true"}
    del headers["x-ms-request-server-encrypted"]
    if blob.type == DIRECTORY:
        return headers
    kept = {("Content-MD5" if name == "content-md5" else name.title()): v for name, v in blob.headers.items()}
    fixed = {"Content-Type": "application/octet-stream", "Accept-Ranges": "bytes", "x-ms-type": "File"}
    lease = {"x-ms-lease-status": "unlocked", "x-ms-lease-state": "available"}
    return headers | fixed | kept | lease


def identifier(share: str, name: str) -> str:
    """A number of its own for every path, as a file system has it."""
    digest = hashlib.blake2b(f"{share}/{name}".encode(), digest_size=7).digest()
    return str(int.from_bytes(digest, "big"))


def _require_parent(call: Call, *, missing_status: int) -> None:
    parent = call.path.strip("/").rpartition("/")[0]
    if not parent:
        return
    found = call.store.blob(call.key, call.container, parent)
    if found is None or found.type != DIRECTORY:
        raise StorageError(missing_status, "ParentNotFound", "The specified parent path does not exist.")
