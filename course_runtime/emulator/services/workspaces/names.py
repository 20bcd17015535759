"""The workspace around a resource, and the type names of what lives in it."""

from __future__ import annotations

from course_runtime.emulator.kernel.context import Context
from course_runtime.emulator.kernel.errors import resource_not_found
from course_runtime.emulator.store.resources import Stored

ML = "Microsoft.MachineLearningServices"
WORKSPACES = f"{ML}/workspaces"
REGISTRIES = f"{ML}/registries"


def outer_id(context: Context) -> str:
    """The id of the workspace (or registry) that the path lies in."""
    path = context.path
    return f"{path.scope}/providers/{path.provider}/{path.types[0]}/{path.names[0]}"


def outer(context: Context) -> Stored:
    found = context.cloud.resources.get(outer_id(context))
    if found is None:
        path = context.path
        raise resource_not_found(f"{path.provider}/{path.types[0]}", path.names[0], path.group or "")
    return found


def location(context: Context) -> str:
    return str(outer(context).body["location"])
