"""What must be an object or a list in a template, said in one sentence when it is something else."""

from __future__ import annotations

from typing import Any

from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.services.arm.expressions import invalid_template


def object_of(value: Any, where: str) -> Body:
    """The object itself, an empty one for nothing."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise invalid_template(f"The template is not valid: '{where}' must be a JSON object.")
    return value


def objects_of(template: Body, section: str) -> dict[str, Body]:
    """A section of a template that holds objects by name: parameters, outputs."""
    found = object_of(template.get(section), section)
    return {name: object_of(one, f"{section}.{name}") for name, one in found.items()}


def items_of(value: Any, where: str) -> list[Any]:
    if value is None:
        return []
    if not isinstance(value, list):
        raise invalid_template(f"The template is not valid: '{where}' must be a list.")
    return value
