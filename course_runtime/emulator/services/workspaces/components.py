"""Components: steps to build pipelines from. The specification is kept as the SDK writes it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import (
    AssetContainers,
    AssetVersions,
    latest,
    not_found,
)
from course_runtime.emulator.services.workspaces.component_specification import complete_specification
from course_runtime.emulator.store.resources import Stored

ABOUT = ("display_name", "description", "tags", "is_deterministic", "$schema", "_source", "version", "name")
"""Parts of a specification that say nothing of what the component does."""


DEFAULT_VERSION = "azureml_default"
"""How the SDK asks for a component without saying which version."""


class ComponentContainers(AssetContainers):
    type = f"{names.WORKSPACES}/components"

    def following(self, versions: Sequence[Stored], context: Context) -> str:
        """Components are numbered by the moment: 2026-01-31-12-00-00-0000000."""
        return re.sub(r"[T:.]", "-", context.cloud.clock.timestamp().removesuffix("Z"))


class ComponentVersions(AssetVersions):
    type = f"{names.WORKSPACES}/components/versions"
    spoken = "component"
    may_change = "tags, display name, description, and isArchived"

    def check(self, properties: Body, context: Context) -> None:
        if not isinstance(properties.get("componentSpec"), dict):
            raise user_error("'componentSpec' is required: a component must say what it runs, and on what.")

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().validate(body, context, existing)
        if existing and _content(body) != _content(existing.body):
            raise self.unchangeable("componentSpec", existing)

    def find(self, context: Context) -> Stored:
        if context.path.name != DEFAULT_VERSION:
            return super().find(context)
        versions = context.cloud.resources.children(context.path.parent_id(), self.type)
        newest = latest(versions)
        if newest is None:
            raise not_found(context, f"component with name '{context.path.names[-2]}'")
        found = next(one for one in versions if one.name == newest)
        label = f"{context.path.parent_id()}/labels/default"
        return Stored(found.body | {"id": label}, found.secrets, found.sequence)

    def complete(self, properties: Body, context: Context, existing: Stored | None) -> None:
        spec = properties["componentSpec"]
        spec.setdefault("name", context.path.names[-2])
        spec.setdefault("version", context.path.name)
        complete_specification(spec)


def _content(body: Body) -> Body:
    spec = body["properties"]["componentSpec"]
    return {key: value for key, value in spec.items() if key not in ABOUT and value not in (None, {}, [])}
