"""Directories and files of the data lake: the blobs of the same account, seen as a tree.

A directory is a blob of its own with the metadata `hdi_isfolder`, as Azure keeps it; one that only the names of
blobs below it speak of is shown all the same.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.errors import StorageError, invalid_header
from course_runtime.emulator.services.storage.formats import base64_text, http_date, new_etag
from course_runtime.emulator.store.blobs import Blob

FOLDER = "hdi_isfolder"
SUPERUSER = "$superuser"


def is_directory(blob: Blob) -> bool:
    return blob.metadata.get(FOLDER) == "true"


def path_not_found() -> StorageError:
    return StorageError(404, "PathNotFound", "The specified path does not exist.")


def find(call: Call, path: str) -> Blob | None:
    """The file or directory; a directory that only its content speaks of is made up."""
    call.require_container()
    name = path.strip("/")
    found = call.store.blob(call.key, call.container, name) if name else None
    if found is None and (
        not name or any(True for _ in call.store.below(call.key, call.container, f"{name}/"))
    ):
        found = new_directory(call, name)
    return found


def require(call: Call, path: str) -> Blob:
    found = find(call, path)
    if found is None:
        raise path_not_found()
    return found


def new_directory(call: Call, name: str) -> Blob:
    moment = {"etag": new_etag(), "created": call.now, "modified": call.now}
    return Blob(call.key, call.container, name, metadata={FOLDER: "true"}, **moment)  # type: ignore[arg-type]


def make_parents(call: Call, path: str) -> None:
    parts = path.split("/")[:-1]
    for depth in range(1, len(parts) + 1):
        name = "/".join(parts[:depth])
        existing = call.store.blob(call.key, call.container, name)
        if existing is None:
            call.store.put(new_directory(call, name))
        elif not is_directory(existing):
            raise StorageError(
                409, "PathConflict", f"The specified path '{path}' goes through '{name}', which is a file."
            )


def children(call: Call, directory: str, *, recursive: bool) -> Iterator[Blob]:
    """What lies in a directory, in the order of names; each directory once."""
    prefix = f"{directory}/" if directory else ""
    known: set[str] = set()
    for blob in call.store.below(call.key, call.container, prefix):
        parts = blob.name[len(prefix) :].split("/")
        for depth in range(1, len(parts)):
            name = prefix + "/".join(parts[:depth])
            if name not in known and (recursive or depth == 1):
                known.add(name)
                yield call.store.blob(call.key, call.container, name) or new_directory(call, name)
        if blob.name not in known and (recursive or len(parts) == 1):
            known.add(blob.name)
            yield blob


def move(call: Call, source: Blob, name: str) -> None:
    """Rename a file, or a directory with everything in it."""
    below = (
        list(call.store.below(call.key, source.container, f"{source.name}/")) if is_directory(source) else []
    )
    for blob in below:
        call.store.move(blob, call.container, name + blob.name[len(source.name) :])
    call.store.move(source, call.container, name)


def properties_in(text: str) -> dict[str, str]:
    """`x-ms-properties`: names, and values in base64."""
    pairs = [part.strip().partition("=") for part in text.split(",") if part.strip()]
    try:
        return {name.lower(): base64.b64decode(value).decode("latin-1") for name, _, value in pairs}
    except (binascii.Error, ValueError):
        raise invalid_header("x-ms-properties", text, "Values in base64 were expected.") from None


def properties_out(blob: Blob) -> str:
    return ",".join(f"{name}={base64_text(value.encode())}" for name, value in blob.metadata.items())


def access_headers(blob: Blob) -> dict[str, str]:
    permissions = permissions_of(blob)
    return {
        "x-ms-owner": str(blob.properties.get("owner", SUPERUSER)),
        "x-ms-group": str(blob.properties.get("group", SUPERUSER)),
        "x-ms-permissions": permissions,
        "x-ms-acl": str(blob.properties.get("acl") or acl_of(permissions)),
    }


def permissions_of(blob: Blob) -> str:
    return str(blob.properties.get("permissions") or ("rwxr-x---" if is_directory(blob) else "rw-r-----"))


def set_access(blob: Blob, headers: dict[str, str]) -> None:
    """`x-ms-acl` or `x-ms-permissions`, the owner and the group."""
    if headers.get("x-ms-acl") and headers.get("x-ms-permissions"):
        raise invalid_header("x-ms-acl", headers["x-ms-acl"], "x-ms-permissions cannot be given with it.")
    if headers.get("x-ms-permissions"):
        blob.properties["permissions"] = symbolic(headers["x-ms-permissions"])
        blob.properties["acl"] = ""
    if headers.get("x-ms-acl"):
        blob.properties["acl"] = headers["x-ms-acl"]
        blob.properties["permissions"] = _permissions_in(headers["x-ms-acl"], permissions_of(blob))
    for word in ("owner", "group"):
        if headers.get(f"x-ms-{word}"):
            blob.properties[word] = headers[f"x-ms-{word}"]


def symbolic(text: str) -> str:
    """`0750` as `rwxr-x---`."""
    if text.isdecimal() and len(text) in (3, 4) and all(digit < "8" for digit in text):
        return "".join(
            letter if int(digit) & bit else "-"
            for digit in text[-3:]
            for bit, letter in ((4, "r"), (2, "w"), (1, "x"))
        )
    if len(text) == 9 and all(one in (letter, "-") for one, letter in zip(text, "rwxrwxrwx", strict=True)):
        return text
    raise invalid_header("x-ms-permissions", text, "`0750` or `rwxr-x---` was expected.")


def acl_of(permissions: str) -> str:
    return f"user::{permissions[:3]},group::{permissions[3:6]},other::{permissions[6:]}"


def listed(blob: Blob) -> dict[str, str]:
    """A path as a listing shows it."""
    access = access_headers(blob)
    entry = {
        "name": blob.name,
        "contentLength": str(blob.size),
        "lastModified": http_date(blob.modified),
        "etag": blob.etag.strip('"'),
        "owner": access["x-ms-owner"],
        "group": access["x-ms-group"],
        "permissions": access["x-ms-permissions"],
        "creationTime": str(int((blob.created + 11_644_473_600) * 10_000_000)),
    }
    return entry | ({"isDirectory": "true"} if is_directory(blob) else {})


def _permissions_in(acl: str, present: str) -> str:
    classes = {"user": present[:3], "group": present[3:6], "other": present[6:]}
    for entry in acl.split(","):
        kind, _, rest = entry.strip().partition(":")
        name, _, letters = rest.partition(":")
        if kind in classes and not name and len(letters) == 3:
            classes[kind] = letters
    return "".join(classes.values())


def content_headers(call: Call) -> dict[str, str]:
    names = (
        "content-type",
        "content-encoding",
        "content-language",
        "content-disposition",
        "cache-control",
        "content-md5",
    )
    return {name: call.header(f"x-ms-{name}") for name in names if call.header(f"x-ms-{name}")}
