"""Every blob operation: its name, its handler, and the right that it needs."""

from __future__ import annotations

from starlette.responses import Response

from course_runtime.emulator.services.storage import (
    blobs,
    blocks,
    containers,
    copying,
    listing,
    service,
    user_delegation,
)
from course_runtime.emulator.services.storage.authorization import (
    ACCOUNT_KEY_ONLY,
    BLOBS,
    CONTAINERS,
    Permission,
)
from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.operations import Handler, Key, Operation

SERVICES = "Microsoft.Storage/storageAccounts/blobServices"


async def put_block(call: Call) -> Response:
    """Put Block, or Put Block From URL when a source is named."""
    if call.header("x-ms-copy-source"):
        return await copying.put_block_from_url(call, call.query.get("blockid", ""))
    return await blocks.put_block(call)


def _on(
    level: str, method: str, comp: str, name: str, handler: Handler, needs: Permission
) -> tuple[Key, Operation]:
    return (level, method, comp), Operation(name, handler, needs)


def _account(action: str, letters: str = "") -> Permission:
    return Permission(f"{SERVICES}/{action}", letters, "s")


def _container(action: str, letters: str, public: str = "") -> Permission:
    return Permission(f"{CONTAINERS}/{action}", letters, "c", public)


def _blob(action: str, letters: str, public: str = "") -> Permission:
    return Permission(f"{BLOBS}/{action}", letters, "o", public)


KEY_ONLY = Permission(ACCOUNT_KEY_ONLY, "", "c")
READ = _blob("read", "r", "blob")
WRITE = _blob("write", "w")
CREATE = _blob("write", "cw")

TABLE = dict(
    [
        _on(
            "account",
            "GET",
            "list",
            "List Containers",
            listing.containers,
            Permission(f"{CONTAINERS}/read", "l", "s"),
        ),
        _on(
            "account",
            "GET",
            "properties",
            "Get Blob Service Properties",
            service.properties,
            _account("read", "r"),
        ),
        _on(
            "account",
            "PUT",
            "properties",
            "Set Blob Service Properties",
            service.set_properties,
            _account("write", "w"),
        ),
        _on(
            "account",
            "POST",
            "userdelegationkey",
            "Get User Delegation Key",
            user_delegation.get_key,
            _account("generateUserDelegationKey/action"),
        ),
        _on("container", "PUT", "", "Create Container", containers.create, _container("write", "cw")),
        _on("container", "DELETE", "", "Delete Container", containers.delete, _container("delete", "d")),
        _on(
            "container",
            "GET",
            "",
            "Get Container Properties",
            containers.properties,
            _container("read", "r", "container"),
        ),
        _on(
            "container",
            "HEAD",
            "",
            "Get Container Properties",
            containers.properties,
            _container("read", "r", "container"),
        ),
        _on(
            "container",
            "GET",
            "metadata",
            "Get Container Metadata",
            containers.properties,
            _container("read", "r", "container"),
        ),
        _on(
            "container",
            "HEAD",
            "metadata",
            "Get Container Metadata",
            containers.properties,
            _container("read", "r", "container"),
        ),
        _on(
            "container",
            "PUT",
            "metadata",
            "Set Container Metadata",
            containers.set_metadata,
            _container("write", "w"),
        ),
        _on("container", "GET", "acl", "Get Container ACL", containers.get_access, KEY_ONLY),
        _on("container", "PUT", "acl", "Set Container ACL", containers.set_access, KEY_ONLY),
        _on("container", "PUT", "lease", "Lease Container", containers.lease, _container("write", "wd")),
        _on(
            "container",
            "GET",
            "list",
            "List Blobs",
            listing.blobs,
            Permission(f"{BLOBS}/read", "l", "c", "container"),
        ),
        _on("blob", "PUT", "", "Put Blob", copying.put_or_copy, CREATE),
        _on("blob", "PUT", "block", "Put Block", put_block, CREATE),
        _on("blob", "PUT", "blocklist", "Put Block List", blocks.put_block_list, CREATE),
        _on("blob", "GET", "blocklist", "Get Block List", blocks.get_block_list, READ),
        _on("blob", "PUT", "appendblock", "Append Block", blocks.append_block, _blob("write", "aw")),
        _on("blob", "PUT", "page", "Put Page", blocks.put_page, WRITE),
        _on("blob", "GET", "pagelist", "Get Page Ranges", blocks.get_page_ranges, READ),
        _on("blob", "GET", "", "Get Blob", blobs.get, READ),
        _on("blob", "HEAD", "", "Get Blob Properties", blobs.head, READ),
        _on("blob", "PUT", "properties", "Set Blob Properties", blobs.set_properties, WRITE),
        _on("blob", "GET", "metadata", "Get Blob Metadata", blobs.get_metadata, READ),
        _on("blob", "HEAD", "metadata", "Get Blob Metadata", blobs.get_metadata, READ),
        _on("blob", "PUT", "metadata", "Set Blob Metadata", blobs.set_metadata, WRITE),
        _on("blob", "PUT", "tier", "Set Blob Tier", blobs.set_tier, WRITE),
        _on("blob", "PUT", "lease", "Lease Blob", blobs.lease, _blob("write", "wd")),
        _on("blob", "PUT", "copy", "Abort Copy Blob", copying.abort, WRITE),
        _on("blob", "GET", "tags", "Get Blob Tags", blobs.get_tags, _blob("tags/read", "t")),
        _on("blob", "PUT", "tags", "Set Blob Tags", blobs.set_tags, _blob("tags/write", "t")),
        _on("blob", "DELETE", "", "Delete Blob", blobs.delete, _blob("delete", "d")),
    ]
)

ACCOUNT_INFORMATION = {
    level: Operation(
        "Get Account Information",
        service.account_information,
        Permission(f"{SERVICES}/getInfo/action", "rwdlacup", kind),
    )
    for level, kind in (("account", "s"), ("container", "c"), ("blob", "o"))
}
