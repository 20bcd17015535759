"""{account}.file.core.windows.net: which operation a request asks for."""

from __future__ import annotations

from starlette.responses import Response

from course_runtime.emulator.services.storage import containers, file_shares, files, operations, service
from course_runtime.emulator.services.storage.authorization import ACCOUNT_KEY_ONLY, Permission
from course_runtime.emulator.services.storage.call import Call
from course_runtime.emulator.services.storage.endpoint import perform
from course_runtime.emulator.services.storage.errors import StorageError
from course_runtime.emulator.services.storage.operations import Operation

SHARES = "Microsoft.Storage/storageAccounts/fileServices/shares"
FILES = "Microsoft.Storage/storageAccounts/fileServices/fileshares/files"
READ = Permission(f"{FILES}/read", "r", "o")
WRITE = Permission(f"{FILES}/write", "w", "o")
CREATE = Permission(f"{FILES}/write", "cw", "o")
DELETE = Permission(f"{FILES}/delete", "d", "o")
LIST = Permission(f"{FILES}/read", "l", "c")
SEE_SHARE = Permission(f"{SHARES}/read", "r", "c")
CHANGE_SHARE = Permission(f"{SHARES}/write", "w", "c")
KEY_ONLY = Permission(ACCOUNT_KEY_ONLY, "", "c")

TABLE: operations.Table = {
    ("account", "GET", "list"): Operation(
        "List Shares", file_shares.list_shares, Permission(f"{SHARES}/read", "l", "s")
    ),
    ("account", "GET", "properties"): Operation("Get File Service Properties", service.properties, KEY_ONLY),
    ("account", "PUT", "properties"): Operation(
        "Set File Service Properties", service.set_properties, KEY_ONLY
    ),
    ("share", "PUT", ""): Operation(
        "Create Share", file_shares.create, Permission(f"{SHARES}/write", "cw", "c")
    ),
    ("share", "GET", ""): Operation("Get Share Properties", file_shares.properties, SEE_SHARE),
    ("share", "HEAD", ""): Operation("Get Share Properties", file_shares.properties, SEE_SHARE),
    ("share", "DELETE", ""): Operation(
        "Delete Share", file_shares.delete, Permission(f"{SHARES}/delete", "d", "c")
    ),
    ("share", "PUT", "properties"): Operation(
        "Set Share Properties", file_shares.set_properties, CHANGE_SHARE
    ),
    ("share", "PUT", "metadata"): Operation("Set Share Metadata", file_shares.set_metadata, CHANGE_SHARE),
    ("share", "GET", "stats"): Operation("Get Share Stats", file_shares.statistics, SEE_SHARE),
    ("share", "GET", "acl"): Operation("Get Share ACL", containers.get_access, KEY_ONLY),
    ("share", "PUT", "acl"): Operation("Set Share ACL", containers.set_access, KEY_ONLY),
    ("directory", "PUT", ""): Operation("Create Directory", files.create_directory, CREATE),
    ("directory", "GET", ""): Operation("Get Directory Properties", files.directory_properties, READ),
    ("directory", "HEAD", ""): Operation("Get Directory Properties", files.directory_properties, READ),
    ("directory", "DELETE", ""): Operation("Delete Directory", files.delete_directory, DELETE),
    ("directory", "GET", "list"): Operation("List Directories and Files", files.list_directory, LIST),
    ("directory", "PUT", "metadata"): Operation("Set Directory Metadata", files.set_metadata, WRITE),
    ("file", "PUT", ""): Operation("Create File", files.create, CREATE),
    ("file", "PUT", "range"): Operation("Put Range", files.put_range, WRITE),
    ("file", "GET", "rangelist"): Operation("List Ranges", files.list_ranges, READ),
    ("file", "GET", ""): Operation("Get File", files.get, READ),
    ("file", "HEAD", ""): Operation("Get File Properties", files.properties, READ),
    ("file", "PUT", "properties"): Operation("Set File Properties", files.set_properties, WRITE),
    ("file", "PUT", "metadata"): Operation("Set File Metadata", files.set_metadata, WRITE),
    ("file", "DELETE", ""): Operation("Delete File", files.delete, DELETE),
}


async def answer(call: Call) -> Response:
    kind, comp = call.query.get("restype", "").lower(), call.query.get("comp", "").lower()
    level = _level(call, kind)
    what = f"on a file {level}" if level != "directory" else "on a share's directory"
    if call.query.get("sharesnapshot"):
        what += " snapshot"
        level = "snapshot"
    try:
        return await perform(call, operations.find(TABLE, level, call.method, comp, what))
    except StorageError as error:
        if error.code != "ContainerNotFound":
            raise
        raise StorageError(404, "ShareNotFound", "The specified share does not exist.") from None


def _level(call: Call, kind: str) -> str:
    if not call.container:
        return "account"
    return kind if kind in ("share", "directory") else f"file {kind}".strip()
