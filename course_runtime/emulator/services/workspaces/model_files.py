"""What a model's own MLmodel file says of it: the flavors it can be loaded as, and its signature."""

from __future__ import annotations

import json
from typing import Any

from course_runtime.emulator.kernel.context import Body, Context
from course_runtime.emulator.kernel.errors import AzureError
from course_runtime.emulator.services.history.artifacts import place_of
from course_runtime.emulator.services.workspaces import names

LARGEST_FILE = 1024 * 1024


def mlmodel(uri: str, context: Context) -> Body | None:
    """The MLmodel file in the folder that the URI leads to; None when there is none that can be read."""
    import yaml  # type: ignore[import-untyped]

    try:
        place = place_of(context.cloud, names.outer(context), uri)
    except AzureError:
        return None
    file = place.at("MLmodel") if place else None
    blob = file.blob() if file else None
    if file is None or blob is None or blob.size > LARGEST_FILE:
        return None
    try:
        found = yaml.safe_load(file.read() or b"")
    except (yaml.YAMLError, UnicodeDecodeError):
        return None
    return found if isinstance(found, dict) else None


def flavors(found: Body) -> Body:
    """By name, each with what it needs to be loaded, as text."""
    given = found.get("flavors")
    return {
        str(name): {"data": {str(key): _text(value) for key, value in (data or {}).items()}}
        for name, data in (given.items() if isinstance(given, dict) else ())
        if isinstance(data, (dict, type(None)))
    }


def as_properties(found: Body) -> dict[str, str]:
    """The whole file, signature and all, as Azure keeps it in the model's properties."""
    names_of_flavors = ",".join(flavors(found))
    return {"flavors": names_of_flavors, "model_json": json.dumps(found, default=str)}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=str)
