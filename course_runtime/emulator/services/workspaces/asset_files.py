"""The files that an asset's URI leads to, in the storage of this cloud."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.store.blobs import Blob

DATASTORE_PATH = re.compile(r"azureml://.*?datastores/(?P<datastore>[^/]+)/paths/(?P<path>.+)")
BLOB_URL = re.compile(r"https://(?P<account>[^./]+)\.blob\.[^/]+/(?P<container>[^/?]+)/?(?P<path>[^?]*)")


@dataclass(frozen=True)
class Place:
    """A file or a folder in a container; `account` is its key in the blob store."""

    account: str
    container: str
    path: str


def place_of(uri: str, workspace_id: str, cloud: Cloud) -> Place | None:
    """Where a URI leads to; None when that is not storage of this cloud."""
    match = DATASTORE_PATH.match(uri)
    if match:
        datastore = cloud.resources.get(f"{workspace_id}/datastores/{match['datastore']}")
        if datastore is None:
            raise AzureError(
                404, "UserError", f"The datastore '{match['datastore']}' of '{uri}' was not found."
            )
        account_name = datastore.properties.get("accountName", "")
        container = datastore.properties.get("containerName") or datastore.properties.get("filesystem") or ""
    else:
        match = BLOB_URL.match(uri)
        if match is None:
            return None
        account_name, container = match["account"], match["container"]
    account = cloud.resources.named("Microsoft.Storage/storageAccounts", account_name)
    return Place(str(account.sequence), container, match["path"]) if account else None


def files_at(place: Place, cloud: Cloud) -> Iterator[Blob]:
    """The blob that the path names, or all that lie in the folder."""
    path = place.path
    for blob in cloud.blobs.below(place.account, place.container, path.rstrip("/")):
        if blob.name == path or path.endswith("/") or blob.name.startswith(f"{path}/") or not path:
            yield blob


def fingerprint(place: Place, cloud: Cloud) -> dict[str, str]:
    """What the files hold, by their names below the place."""
    found = {}
    for blob in files_at(place, cloud):
        digest = hashlib.blake2b()
        for piece in cloud.blobs.read(blob, 0, blob.size):
            digest.update(piece)
        found[blob.name.removeprefix(place.path)] = digest.hexdigest()
    return found
