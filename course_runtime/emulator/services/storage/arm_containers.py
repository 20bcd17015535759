"""Containers and file shares as Resource Manager shows them: views on what the data planes keep."""

from __future__ import annotations

from typing import ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import Resource, require_body, require_group
from course_runtime.emulator.kernel.shapes import Shape, require_shape
from course_runtime.emulator.services.storage import leases
from course_runtime.emulator.services.storage.accounts import Account
from course_runtime.emulator.services.storage.containers import require_name
from course_runtime.emulator.services.storage.formats import new_etag
from course_runtime.emulator.store.blobs import Container
from course_runtime.emulator.store.clock import iso

ACCOUNT = "Microsoft.Storage/storageAccounts"


class Services(Resource):
    """blobServices/default and fileServices/default: there with every account, settings kept."""

    created_status = 200

    def get(self, context: Context) -> Reply:
        self.require("read", context)
        _account(context)
        stored = context.cloud.resources.get(context.path.id)
        return Reply(200, stored.body if stored else _head(context) | {"properties": {}})

    def require_name(self, name: str) -> None:
        if name != "default":
            raise AzureError(
                400, "InvalidValuesForRequestParameters", "The service's name must be 'default'."
            )


class BlobServices(Services):
    type = f"{ACCOUNT}/blobServices"


class FileServices(Services):
    type = f"{ACCOUNT}/fileServices"


class Containers(Resource):
    type = f"{ACCOUNT}/blobServices/containers"
    shape: ClassVar[Shape] = {"publicAccess": str, "metadata": {"*": str}, "shareQuota": int}
    missing_code: ClassVar[str] = "ContainerNotFound"

    def get(self, context: Context) -> Reply:
        self.require("read", context)
        container = self._find(context)
        return Reply(200, self._view(container, context), {"ETag": container.etag})

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        found = context.cloud.blobs.containers(self._key(_account(context)))
        return Reply(200, {"value": [self._view(one, context) for one in found]})

    def put(self, context: Context) -> Reply:
        self.require("write", context)
        body = require_body(context)
        key = self._key(_account(context))
        require_name(context.path.name)
        existing = context.cloud.blobs.container(key, context.path.name)
        now = context.cloud.clock.now()
        container = existing or Container(key, context.path.name, new_etag(), now, now)
        self._apply(container, body, context)
        return Reply(200 if existing else 201, self._view(container, context), {"ETag": container.etag})

    def patch(self, context: Context) -> Reply:
        self.require("write", context)
        container = self._find(context)
        self._apply(container, require_body(context), context)
        return Reply(200, self._view(container, context), {"ETag": container.etag})

    def delete(self, context: Context) -> Reply:
        self.require("delete", context)
        key = self._key(_account(context))
        container = context.cloud.blobs.container(key, context.path.name)
        if container is None:
            return Reply(204)
        if leases.state_of(container.lease, context.cloud.clock.now()) in ("leased", "breaking"):
            raise AzureError(
                409,
                "LeaseIdMissing",
                "There is currently a lease on the container and no lease ID was specified.",
            )
        context.cloud.blobs.delete_container(key, container.name)
        return Reply(200)

    def _key(self, account: Account) -> str:
        return account.key

    def _find(self, context: Context) -> Container:
        found = context.cloud.blobs.container(self._key(_account(context)), context.path.name)
        if found is None:
            raise AzureError(404, self.missing_code, f"The specified {self._noun()} does not exist.")
        return found

    def _noun(self) -> str:
        return self.missing_code.removesuffix("NotFound").lower()

    def _properties(self, body: Body) -> Body:
        properties: Body = body.get("properties") or {}
        require_shape(properties, self.shape, "properties")
        return properties

    def _apply(self, container: Container, body: Body, context: Context) -> None:
        properties = self._properties(body)
        public = str(properties.get("publicAccess") or "None").lower()
        if public != "none" and not _account(context).allows_public_access:
            raise AzureError(
                409, "PublicAccessNotPermitted", "Public access is not permitted on this storage account."
            )
        container.public = "" if public == "none" else public
        container.metadata = dict(properties.get("metadata") or container.metadata)
        container.etag, container.modified = new_etag(), context.cloud.clock.now()
        context.cloud.blobs.put_container(container)

    def _view(self, container: Container, context: Context) -> Body:
        lease = leases.shown(container.lease, context.cloud.clock.now())
        properties: Body = {
            "publicAccess": container.public.capitalize() or "None",
            "leaseStatus": lease["x-ms-lease-status"].capitalize(),
            "leaseState": lease["x-ms-lease-state"].capitalize(),
            "lastModifiedTime": iso(container.modified),
            "metadata": container.metadata,
            "hasImmutabilityPolicy": False,
            "hasLegalHold": False,
            "deleted": False,
        }
        base = context.path.parent_id() + f"/{self.type.rsplit('/', 1)[1]}/{container.name}"
        return {
            "id": base,
            "name": container.name,
            "type": self.type,
            "etag": container.etag,
            "properties": properties,
        }


class Shares(Containers):
    type = f"{ACCOUNT}/fileServices/shares"
    missing_code = "ShareNotFound"

    def _key(self, account: Account) -> str:
        return account.files_key

    def _apply(self, container: Container, body: Body, context: Context) -> None:
        quota = self._properties(body).get("shareQuota")
        container.properties["quota"] = quota or container.properties.get("quota", 5120)
        super()._apply(container, body, context)

    def _view(self, container: Container, context: Context) -> Body:
        view = super()._view(container, context)
        properties = view["properties"]
        kept = ("leaseStatus", "leaseState", "lastModifiedTime", "metadata")
        quota = {"shareQuota": container.properties.get("quota", 5120), "enabledProtocols": "SMB"}
        return view | {"properties": {name: properties[name] for name in kept} | quota}


def _account(context: Context) -> Account:
    """The account that the path lies in."""
    require_group(context)
    path = context.path
    account_id = f"{path.scope}/providers/{path.provider}/{path.types[0]}/{path.names[0]}"
    stored = context.cloud.resources.get(account_id)
    if stored is None:
        raise context.cloud.registry.require(ACCOUNT).missing(context.at(parse(account_id)))
    return Account(stored)


def _head(context: Context) -> Body:
    return {"id": context.path.id, "name": context.path.name, "type": context.path.full_type}
