"""The workspace's models as ARM keeps them, found and changed for MLflow."""

from __future__ import annotations

from course_runtime.emulator.kernel.path import parse
from course_runtime.emulator.services.history.calls import Body, Call, text
from course_runtime.emulator.services.history.mlflow import shapes
from course_runtime.emulator.services.history.mlflow.errors import missing
from course_runtime.emulator.services.history.moments import seconds_of
from course_runtime.emulator.services.workspaces.models import ModelContainers, ModelVersions
from course_runtime.emulator.store.resources import Stored

ALIASES = "aliases"
"""Kept beside the container, where ARM does not show it: Azure has no aliases."""
PROMPT_TAG = "mlflow.prompt.is_prompt"


def model(call: Call, name: str) -> Stored | None:
    return call.cloud.resources.get(f"{call.id}/models/{name}")


def models(call: Call) -> list[Stored]:
    return call.cloud.resources.children(call.id, ModelContainers.type)


def require_model(call: Call, given: Body) -> Stored:
    name = text(given, "name")
    found = model(call, name)
    if found is None:
        raise missing(f"Registered Model with name={name}")
    return found


def versions(call: Call, name: str) -> list[Stored]:
    """In the order they were made; archived ones are not for use."""
    found = call.cloud.resources.children(f"{call.id}/models/{name}", ModelVersions.type)
    return [one for one in found if not one.properties.get("isArchived")]


def require_version(call: Call, given: Body) -> Stored:
    name, version = text(given, "name"), str(given.get("version") or "")
    found = call.cloud.resources.get(f"{call.id}/models/{name}/versions/{version}")
    if found is None or not version:
        raise missing(f"Model Version (name={name}, version={version})")
    return found


def aliases(container: Stored | None) -> dict[str, str]:
    """Alias -> version."""
    return dict(container.secrets.get(ALIASES) or {}) if container else {}


def tag(stored: Stored, key: str) -> str | None:
    """A tag as searches look it up: each search of a client leaves MLflow's prompts out, and these are none."""
    tags = stored.properties.get("tags") or {}
    return tags.get(key, "false" if key == PROMPT_TAG else None)


def keep(call: Call, stored: Stored) -> Stored:
    """A container or version that was changed here."""
    stored.body["systemData"]["lastModifiedAt"] = call.cloud.clock.timestamp()
    stored.body["systemData"]["lastModifiedBy"] = call.principal.name
    return call.cloud.resources.put(parse(stored.id), stored)


def moment(stored: Stored, field: str) -> int:
    """A moment of the resource's systemData, in milliseconds."""
    return shapes.milliseconds(seconds_of(stored.body["systemData"][field]))
