"""Components: steps to build pipelines from. The specification is kept as the SDK writes it."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.workspaces import names
from course_runtime.emulator.services.workspaces.assets import AssetContainers, AssetVersions
from course_runtime.emulator.store.resources import Stored

ABOUT = ("display_name", "description", "tags", "is_deterministic", "$schema", "_source", "version", "name")
"""Parts of a specification that say nothing of what the component does."""


class ComponentContainers(AssetContainers):
    type = f"{names.WORKSPACES}/components"


class ComponentVersions(AssetVersions):
    type = f"{names.WORKSPACES}/components/versions"
    spoken = "component"
    may_change = "tags, display name, description, and isArchived"

    def check(self, properties: Body, context: Context) -> None:
        if not isinstance(properties.get("componentSpec"), dict):
            raise AzureError(
                400,
                "UserError",
                "'componentSpec' is required: a component must say what it runs, and on what.",
            )

    def validate(self, body: Body, context: Context, existing: Stored | None) -> None:
        super().validate(body, context, existing)
        if existing and _content(body) != _content(existing.body):
            raise self.unchangeable("componentSpec", existing)

    def complete(self, properties: Body, context: Context, existing: Stored | None) -> None:
        spec = properties["componentSpec"]
        spec.setdefault("name", context.path.names[-2])
        spec.setdefault("version", context.path.name)
        spec.setdefault("is_deterministic", True)


def _content(body: Body) -> Body:
    spec = body["properties"]["componentSpec"]
    return {key: value for key, value in spec.items() if key not in ABOUT and value not in (None, {}, [])}
