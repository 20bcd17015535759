"""Code snapshots. The same content is kept once: its hash leads to what was uploaded before, whatever its name."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import ASSET_SHAPE, AssetContainers, AssetVersions
from course_runtime.emulator.store.resources import Stored

HASHES = "code-hash"


class CodeContainers(AssetContainers):
    type = f"{names.WORKSPACES}/codes"


class CodeVersions(AssetVersions):
    type = f"{names.WORKSPACES}/codes/versions"
    spoken = "code"
    shape = ASSET_SHAPE | {"codeUri": str, "properties": {"hash_sha256": str, "hash": str}}
    fixed = ("codeUri",)

    def check(self, properties: Body, context: Context) -> None:
        if not properties.get("codeUri"):
            raise user_error("'codeUri' is required: code must say where its files are.")

    def created(self, stored: Stored, context: Context) -> None:
        super().created(stored, context)
        digest = _digest(stored.properties.get("properties") or {})
        if digest:
            context.cloud.documents.put(HASHES, _key(context, digest), {"id": stored.id})

    def list(self, context: Context) -> Reply:
        digest = context.query.get("hash")
        if not digest:
            return super().list(context)
        self.require("read", context, context.path.parent_id())
        known = context.cloud.documents.get(HASHES, _key(context, digest))
        found = context.cloud.resources.get(known["id"]) if known else None
        return Reply(200, {"value": [found.body] if found else []})


def _digest(properties: Body) -> str | None:
    return properties.get("hash_sha256") or properties.get("hash")


def _key(context: Context, digest: str) -> str:
    return f"{names.outer_id(context)}/{digest}".lower()
