"""Where runs, models and datastores keep their files, and what lies there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from course_runtime.emulator.cloud import Cloud
from course_runtime.emulator.kernel.errors import AzureError, user_error
from course_runtime.emulator.services.storage.formats import new_etag
from course_runtime.emulator.services.workspaces.account_containers import ensure_container, signed_blob_url
from course_runtime.emulator.services.workspaces.pending_upload import account_of
from course_runtime.emulator.store.blobs import Blob, Extent
from course_runtime.emulator.store.resources import Stored

RUN_ORIGIN = "ExperimentRun"
ARTIFACT_CONTAINER = "azureml"
ARTIFACT_STORE = "workspaceartifactstore"
DATASTORE_PATH = re.compile(r"azureml://(?:.*/)?datastores/(?P<datastore>[^/]+)(?:/paths)?/?(?P<path>.*)")
BLOB_URL = re.compile(
    r"https://(?P<account>[^./]+)\.(?:blob|dfs)\.[^/]+/(?P<container>[^/?]+)/?(?P<path>[^?]*)"
)
BLOB_ORIGIN = re.compile(r"blob\.(?P<account>[a-z0-9]+)\.(?P<container>.+)")


@dataclass(frozen=True)
class Place:
    """A folder, or a single file, in a blob container of this cloud."""

    cloud: Cloud
    account: Stored
    container: str
    prefix: str

    def at(self, path: str) -> Place:
        """The file or folder at `path` below this one."""
        inner = clean(path)
        joined = "/".join(part for part in (self.prefix.rstrip("/"), inner) if part)
        return replace(self, prefix=joined)

    @property
    def key(self) -> str:
        return str(self.account.sequence)

    def blob(self) -> Blob | None:
        return self.cloud.blobs.blob(self.key, self.container, self.prefix)

    def files(self) -> Iterator[tuple[str, Blob]]:
        """Every file below, by its path from here; the place itself when it is a file."""
        base = f"{self.prefix.rstrip('/')}/" if self.prefix else ""
        for blob in self.cloud.blobs.below(self.key, self.container, base):
            if "hdi_isfolder" not in blob.metadata:
                yield blob.name[len(base) :], blob

    def blobs(self) -> list[Blob]:
        """The file, or everything in the folder."""
        file = self.blob()
        return [file] if file else [blob for _, blob in self.files()]

    def fingerprint(self) -> dict[str, str]:
        """What the files hold, by their paths from here."""
        return {path: self._digest(blob) for path, blob in self.files()}

    def _digest(self, blob: Blob) -> str:
        digest = hashlib.blake2b()
        for piece in self.cloud.blobs.read(blob, 0, blob.size):
            digest.update(piece)
        return digest.hexdigest()

    def signed_url(self, permissions: str) -> str:
        return signed_blob_url(self.cloud, self.account, self.container, self.prefix, permissions)

    def url(self) -> str:
        return f"https://{self.account.name}.blob.core.windows.net/{self.container}/{quote(self.prefix)}"

    def read(self) -> bytes | None:
        blob = self.blob()
        return b"".join(self.cloud.blobs.read(blob, 0, blob.size)) if blob else None

    async def write(
        self, chunks: AsyncIterator[bytes], content_type: str = "application/octet-stream"
    ) -> None:
        """A new file, or a new content for the one that is there; nothing stays of one that is cut off."""
        writer = self.cloud.blobs.writer()
        try:
            async for chunk in chunks:
                writer.write(chunk)
            if writer.size:
                writer.finish()
        except BaseException:
            writer.abandon()
            raise
        now = self.cloud.clock.now()
        extents = [Extent(writer.piece, 0, writer.size)] if writer.size else []
        ensure_container(self.cloud, self.account, self.container)
        self.cloud.blobs.put(
            Blob(
                self.key,
                self.container,
                self.prefix,
                etag=new_etag(),
                created=now,
                modified=now,
                headers={"content-type": content_type},
                extents=extents,
            ),
            forget_blocks=True,
        )

    def delete(self) -> int:
        """The file, or everything in the folder; how many files went."""
        blobs = self.blobs()
        for blob in blobs:
            self.cloud.blobs.delete(self.key, self.container, blob.name)
        return len(blobs)


def run_place(cloud: Cloud, workspace: Stored, run_id: str) -> Place:
    return origin_place(cloud, workspace, RUN_ORIGIN, f"dcid.{run_id}")


def origin_place(cloud: Cloud, workspace: Stored, origin: str, container: str) -> Place:
    """What the artifact service calls origin and container: folders in the workspace's `azureml` container.

    An origin that is the name of a datastore leads into that one, `blob.{account}.{container}` into that container.
    """
    if match := BLOB_ORIGIN.fullmatch(origin):
        other = cloud.resources.named("Microsoft.Storage/storageAccounts", match["account"])
        if other is not None:
            return Place(cloud, other, match["container"], clean(container))
    datastore = cloud.resources.get(f"{workspace.id}/datastores/{origin}")
    if datastore is not None:
        return datastore_place(cloud, datastore, container)
    account = account_of(workspace, cloud.context(workspace.id))
    if container.startswith("dcid.dcid."):
        container = container.removeprefix("dcid.")
    return Place(cloud, account, ARTIFACT_CONTAINER, f"{clean(origin)}/{clean(container)}")


def datastore_place(cloud: Cloud, datastore: Stored, path: str) -> Place:
    properties = datastore.properties
    container = properties.get("containerName") or properties.get("filesystem")
    account = cloud.resources.named("Microsoft.Storage/storageAccounts", str(properties.get("accountName")))
    if not container or account is None:
        raise user_error(
            f"The datastore '{datastore.name}' ({properties.get('datastoreType')}) leads to no blob container of "
            "this cloud: files can be read from and written to AzureBlob and AzureDataLakeGen2 datastores only.",
        )
    return Place(cloud, account, str(container), clean(path))


def place_of(cloud: Cloud, workspace: Stored, uri: str) -> Place | None:
    """Where a datastore path or a blob URL leads; None when it is not of this cloud."""
    found = DATASTORE_PATH.fullmatch(uri)
    if found:
        datastore = cloud.resources.get(f"{workspace.id}/datastores/{found['datastore']}")
        if datastore is None:
            raise AzureError(
                404, "UserError", f"The datastore '{found['datastore']}' of '{uri}' was not found."
            )
        return datastore_place(cloud, datastore, found["path"])
    found = BLOB_URL.fullmatch(uri.split("?")[0])
    if found is None:
        return None
    account = cloud.resources.named("Microsoft.Storage/storageAccounts", found["account"])
    return Place(cloud, account, found["container"], clean(found["path"])) if account else None


def datastore_uri(workspace: Stored, datastore: str, path: str) -> str:
    """The long form of a datastore path."""
    parts = workspace.id.split("/")
    where = f"subscriptions/{parts[2]}/resourcegroups/{parts[4]}/workspaces/{parts[-1]}"
    return f"azureml://{where}/datastores/{datastore}/paths/{path}"


def clean(path: str) -> str:
    """Without leading and trailing slashes; what would lead out of the folder is refused."""
    parts = [part for part in path.replace("\\", "/").split("/") if part and part != "."]
    if ".." in parts:
        raise AzureError(400, "ValidationError", f"The path '{path}' is not valid: it may not contain '..'.")
    return "/".join(parts)
