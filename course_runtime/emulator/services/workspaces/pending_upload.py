"""Where to upload an asset's files before it is registered: a new container, open to who holds its signature."""

from __future__ import annotations

import uuid

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.account_containers import (
    container_url,
    ensure_container,
    signed_url,
)
from course_runtime.emulator.store.resources import Stored


def pending_upload(context: Context) -> Reply:
    account = account_of(names.outer(context), context)
    container = f"{uuid.uuid4()}"
    ensure_container(context.cloud, account, container)
    reference = blob_reference(account, container, context)
    return Reply(
        200,
        {
            "pendingUploadId": container,
            "pendingUploadType": "TemporaryBlobReference",
            "blobReferenceForConsumption": reference,
        },
    )


def blob_reference(account: Stored, container: str, context: Context) -> Body:
    return {
        "blobUri": container_url(account, container),
        "storageAccountArmId": account.id,
        "credential": {
            "credentialType": "SAS",
            "sasUri": signed_url(context.cloud, account, container),
        },
    }


def account_of(outer: Stored, context: Context) -> Stored:
    """The storage account of a workspace or registry; a project uses its hub's."""
    hub = outer.properties.get("hubResourceId")
    holder = context.cloud.resources.get(str(hub)) if hub else outer
    account_id = (holder.properties if holder else {}).get("storageAccount")
    account = context.cloud.resources.get(str(account_id))
    if account is None:
        raise user_error(
            f"'{outer.name}' has lost its storage account '{account_id}': nothing can be uploaded. "
            "Create the storage account again, or a new workspace.",
        )
    return account
