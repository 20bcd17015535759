"""{account}.dfs.core.windows.net: which operation a request asks for, and errors under the data lake's names."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response

from course_runtime.emulator.services.storage import containers, dfs, dfs_updates, operations
from course_runtime.emulator.services.storage.authorization import BLOBS, CONTAINERS, Permission
from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.endpoint import perform
from course_runtime.emulator.services.storage.errors import StorageError
from course_runtime.emulator.services.storage.operations import Operation

READ = Permission(f"{BLOBS}/read", "r", "o", "blob")
LIST = Permission(f"{BLOBS}/read", "l", "c")
WRITE = Permission(f"{BLOBS}/write", "w", "o")
CREATE = Permission(f"{BLOBS}/write", "cw", "o")
UPDATES = {
    "append": Permission(f"{BLOBS}/write", "acw", "o"),
    "flush": Permission(f"{BLOBS}/write", "acw", "o"),
    "setAccessControl": Permission(f"{BLOBS}/write", "po", "o"),
    "setAccessControlRecursive": Permission(f"{BLOBS}/write", "po", "o"),
}
"""What an update needs depends on its action; the rest needs to write."""
DELETE = Permission(f"{BLOBS}/delete", "d", "o")

TABLE: operations.Table = {
    ("account", "GET", ""): Operation(
        "List File Systems", dfs.list_file_systems, Permission(f"{CONTAINERS}/read", "l", "s")
    ),
    ("filesystem", "PUT", ""): Operation(
        "Create File System", dfs.create_file_system, Permission(f"{CONTAINERS}/write", "cw", "c")
    ),
    ("filesystem", "HEAD", ""): Operation(
        "Get File System Properties", dfs.file_system_properties, Permission(f"{CONTAINERS}/read", "r", "c")
    ),
    ("filesystem", "DELETE", ""): Operation(
        "Delete File System", containers.delete, Permission(f"{CONTAINERS}/delete", "d", "c")
    ),
    ("filesystem", "GET", ""): Operation("List Paths", dfs.list_paths, LIST),
    ("path", "PUT", ""): Operation("Create Path", dfs.create, CREATE),
    ("path", "PATCH", ""): Operation("Update Path", dfs_updates.update, WRITE),
    ("path", "GET", ""): Operation("Read Path", dfs.read, READ),
    ("path", "HEAD", ""): Operation("Get Path Properties", dfs.status, READ),
    ("path", "DELETE", ""): Operation("Delete Path", dfs.delete, DELETE),
    ("path", "POST", ""): Operation("Lease Path", dfs.lease, WRITE),
}

NAMES = {
    "ContainerNotFound": ("FilesystemNotFound", "The specified filesystem does not exist."),
    "ContainerAlreadyExists": ("FilesystemAlreadyExists", "The specified filesystem already exists."),
    "BlobNotFound": ("PathNotFound", "The specified path does not exist."),
    "BlobAlreadyExists": ("PathAlreadyExists", "The specified path already exists."),
}


async def answer(call: Call) -> Response:
    call.path = call.path.strip("/")
    level = "path" if call.path else "filesystem" if call.container else "account"
    if level == "filesystem" and call.query.get("resource", "").lower() != "filesystem":
        level = "path"
    operation = operations.find(
        TABLE, level, call.method, call.query.get("comp", ""), f"on a data lake {level}"
    )
    if operation.name == "Update Path":
        operation = replace(operation, permission=UPDATES.get(call.query.get("action", ""), WRITE))
    try:
        return await perform(call, operation)
    except StorageError as error:
        raise _renamed(error) from None


def _renamed(error: StorageError) -> StorageError:
    if error.code not in NAMES:
        return error
    code, message = NAMES[error.code]
    return StorageError(error.status, code, message, more=error.more, headers=error.headers)
