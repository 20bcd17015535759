"""registries/tempdatarefs: where to upload an asset's files, before the asset is registered."""

from __future__ import annotations

import hashlib

from course_runtime.emulator.kernel.context import Context, Reply
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.kernel.resource import Resource, optional_body
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.account_containers import ensure_container, signed_url
from course_runtime.emulator.services.workspaces.pending_upload import account_of, blob_reference


class TemporaryDataReferences(Resource):
    type = f"{names.REGISTRIES}/tempdatarefs/versions"

    def put(self, context: Context) -> Reply:
        """A container of the asset's own: asking twice leads to the same place."""
        self.require("write", context)
        account = account_of(names.outer(context), context)
        asset = str(optional_body(context).get("assetId") or context.path.id)
        digest = hashlib.sha256(asset.lower().encode()).hexdigest()
        container = f"{context.path.names[0].lower().replace('_', '-')[:20].strip('-')}-{digest[:32]}"
        ensure_container(context.cloud, account, container)
        return Reply(200, {"blobReferenceForConsumption": blob_reference(account, container, context)})


class DataReferences(Resource):
    """registries/datarefs: a signature that opens what an asset of the registry consists of."""

    type = f"{names.REGISTRIES}/datarefs/versions"

    def post(self, context: Context) -> Reply:
        self.require("read", context)
        uri = str(optional_body(context).get("blobUri") or "")
        account = account_of(names.outer(context), context)
        host, _, path = uri.removeprefix("https://").partition("/")
        container = path.partition("/")[0]
        if host.split(".")[0] != account.name or not container:
            raise user_error(
                f"'blobUri' must lead into the registry's storage account '{account.name}', '{uri}' came."
            )
        reference = blob_reference(account, container, context) | {"blobUri": uri}
        reference["credential"]["sasUri"] = signed_url(context.cloud, account, container, "rl")
        return Reply(200, {"blobReferenceForConsumption": reference})
