"""Versioned assets: a container with versions. Data, models, environments, components and codes are short subclasses.

A version's content never changes once it is registered; its description, tags and archive mark may.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from course_runtime.emulator.kernel.context import Body, Context, Reply
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.kernel.paging import page
from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.kernel.resource import Resource, require_group
from course_runtime.emulator.kernel.shapes import Shape
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.pending_upload import pending_upload
from course_runtime.emulator.store.resources import Stored

ASSET_SHAPE: Shape = {"description": str, "tags": dict, "properties": dict}
ANONYMOUS = ("cliv2anonymous", "azureml_anonymous")


class AssetContainers(Resource):
    """{outer}/{assets}: a name, and what its versions have in common."""

    shape = ASSET_SHAPE
    name_pattern = r"[a-zA-Z0-9_][a-zA-Z0-9_.\-]{0,254}"
    name_rule = "1 to 255 letters, digits, '_', '-' and '.', and does not start with '-' or '.'"

    def find(self, context: Context) -> Stored:
        return super().find(_without_prefix(context))

    def missing(self, context: Context) -> AzureError:
        return not_found(context, f"{self.noun()} container with name '{context.path.name}'")

    def noun(self) -> str:
        return self.type.rsplit("/", 1)[-1]

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        common_defaults(body["properties"])

    def show(self, stored: Stored, context: Context) -> Body:
        versions = context.cloud.resources.children(stored.id, f"{self.type}/versions")
        own = {key: value for key, value in stored.properties.items()}
        own |= {"latestVersion": latest(versions), "nextVersion": self.following(versions, context)}
        return stored.body | {"properties": own}

    def following(self, versions: Sequence[Stored], context: Context) -> str:
        """What the next version is called when nobody names it."""
        return following(versions)

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        require_group(context)
        self.require_parent(context)
        wanted = _view(context)
        return page(
            context,
            self.type,
            lambda stored: self.show(stored, context),
            keep=lambda stored: wanted(stored) and not stored.name.lower().startswith(ANONYMOUS),
        )


class AssetVersions(Resource):
    """{outer}/{assets}/{name}/versions: what was registered, and stays as it was."""

    shape = ASSET_SHAPE
    fixed: ClassVar[tuple[str, ...]] = ()
    """The properties that cannot be changed once the version is there."""
    spoken: ClassVar[str] = "asset"
    """What a refusal calls it."""
    may_change: ClassVar[str] = "tags, description, and isArchived"
    shared: ClassVar[tuple[str, ...]] = ()
    """Properties that the container takes over from its versions."""
    name_pattern = r"[a-zA-Z0-9][a-zA-Z0-9_.\-]{0,254}"
    name_rule = "1 to 255 letters, digits, '_', '-' and '.', and starts with a letter or digit"

    @property
    def container_type(self) -> str:
        return self.type.rsplit("/", 1)[0]

    def find(self, context: Context) -> Stored:
        return super().find(_without_prefix(context))

    def missing(self, context: Context) -> AzureError:
        name, version = context.path.names[-2:]
        versions = context.cloud.resources.children(context.path.parent_id(), self.type)
        known = ", ".join(f"'{one.name}'" for one in versions) or "none"
        return not_found(
            context,
            f"{self.spoken} with name '{name}' and version '{version}' (versions that are there: {known})",
        )

    def require_parent(self, context: Context) -> None:
        """The first version brings its container with it, and lists of a missing container are refused."""
        if context.cloud.resources.get(context.path.parent_id()) is None and context.method == "GET":
            raise not_found(context, f"{self.spoken} with name '{context.path.names[-1]}'")

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        names.outer(context)
        self.check(body["properties"], context)
        if existing is None:
            self.check_new(body["properties"], context)
            return
        if existing.properties.get("isAnonymous"):
            # Named by its content, so what is there is the same, wherever it was uploaded again.
            body["properties"] |= {field: existing.properties.get(field) for field in self.fixed}
        self.complete(body["properties"], context, existing)
        for field in self.fixed:
            if not _same(body["properties"].get(field), existing.properties.get(field)):
                raise self.unchangeable(field, existing)

    def check(self, properties: Body, context: Context) -> None:
        """What any write of this kind of asset must satisfy."""

    def check_new(self, properties: Body, context: Context) -> None:
        """What a new version must satisfy besides."""

    def complete(self, properties: Body, context: Context, existing: Stored | None) -> None:
        """What the service adds to this kind of asset, or writes in its own way."""

    def unchangeable(self, field: str, existing: Stored) -> AzureError:
        name, version = existing.id.rsplit("/", 3)[1], existing.name
        return AzureError(
            409,
            "UserError",
            f"A {self.spoken} version with this name and version already exists ({name}:{version}). If you are trying "
            f"to create a new {self.spoken} version, use a different name or version. If you are trying to update an "
            f"existing {self.spoken} version, the existing asset's {_words(field)} cannot be changed. Only "
            f"{self.may_change} can be updated.",
        )

    def defaults(self, body: Body, context: Context, existing: Stored | None) -> None:
        properties = body["properties"]
        if existing is None:
            self.complete(properties, context, None)
        common_defaults(properties)
        properties["isAnonymous"] = bool(properties.get("isAnonymous"))
        properties["provisioningState"] = "Succeeded"

    def created(self, stored: Stored, context: Context) -> None:
        container = context.cloud.resources.get(context.path.parent_id())
        path = context.path
        outer = replace(path, types=path.types[:-1], names=path.names[:-1])
        taken = {field: stored.properties.get(field) for field in self.shared}
        if container is None:
            holder = context.cloud.registry.require(self.container_type)
            holder.require_name(outer.name)
            holder.write(context.at(outer), {"properties": taken}, None)

    def list(self, context: Context) -> Reply:
        self.require("read", context, context.path.parent_id())
        context = _without_prefix(context)
        require_group(context)
        self.require_parent(context)
        wanted, order = _view(context), context.query.get("$orderBy", "createdtime desc").lower()
        return page(
            context,
            self.type,
            lambda stored: self.show(stored, context),
            keep=lambda stored: wanted(stored) and self.matches(stored, context),
            newest_first="asc" not in order.split(),
        )

    def matches(self, stored: Stored, context: Context) -> bool:
        """Filters of the list's query that are this asset's own; tags as `key=value` or `key`, commas between."""
        tags = stored.properties.get("tags") or {}
        asked = [one.partition("=") for one in context.query.get("tags", "").split(",") if one]
        return all(key in tags and (not mark or str(tags[key]) == value) for key, mark, value in asked)

    def act(self, name: str, context: Context) -> Reply:
        if name.lower() == "startpendingupload":
            self.require("write", context)
            return pending_upload(context)
        return super().act(name, context)


def exists(context: Context, arm_id: str) -> bool:
    """Whether an id that a job or a deployment names leads to something."""
    path = parse(re.sub("azureml:", "", arm_id))
    resource = context.cloud.registry.find(path.full_type)
    try:
        return resource is not None and bool(resource.find(context.at(path, method="GET")))
    except AzureError:
        return False


def latest(versions: Sequence[Stored]) -> str | None:
    """The version that was created last, and is not archived."""
    active = [one for one in versions if not one.properties.get("isArchived")]
    return active[-1].name if active else None


def following(versions: Sequence[Stored]) -> str:
    """The number after the largest; names that are no numbers do not count."""
    numbers = [int(one.name) for one in versions if one.name.isdecimal()]
    return str(max(numbers, default=0) + 1)


def common_defaults(properties: Body) -> None:
    properties["description"] = properties.get("description")
    properties["tags"] = properties.get("tags") or {}
    properties["properties"] = properties.get("properties") or {}
    properties["isArchived"] = bool(properties.get("isArchived"))


def not_found(context: Context, what: str) -> AzureError:
    path = context.path
    inside = f"{path.types[0][:-1] if path.types[0] == names.WORKSPACES.split('/')[1] else 'registry'}"
    return AzureError(404, "UserError", f"Not found: {what}. It is not in the {inside} '{path.names[0]}'.")


def _view(context: Context) -> Callable[[Stored], bool]:
    wanted = context.query.get("listViewType", "ActiveOnly").lower()
    if wanted == "all":
        return lambda stored: True
    archived = wanted == "archivedonly"
    return lambda stored: bool(stored.properties.get("isArchived")) == archived


def _without_prefix(context: Context) -> Context:
    """The SDK asks for `azureml:name` where it means `name`."""
    plain = tuple(one.removeprefix("azureml:") for one in context.path.names)
    return context if plain == context.path.names else context.at(replace(context.path, names=plain))


def _same(new: object, old: object) -> bool:
    return (new or None) == (old or None)


def _words(field: str) -> str:
    return "".join(f" {one.lower()}" if one.isupper() else one for one in field)
