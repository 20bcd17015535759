"""The order in which a template's resources can be made."""

from __future__ import annotations

from dataclasses import dataclass

from course_runtime.emulator.kernel.context import Body
from course_runtime.emulator.services.arm.expressions import invalid_template


@dataclass(frozen=True)
class Planned:
    """A resource that the template asks for."""

    id: str
    body: Body
    depends_on: tuple[str, ...]


def in_order(found: list[Planned]) -> list[Planned]:
    """Each after those that it depends on; otherwise as they were written."""
    by_id = {one.id.lower(): one for one in found}
    if len(by_id) < len(found):
        twice = next(one for one in found if by_id[one.id.lower()] is not one)
        raise invalid_template(f"The resource '{twice.id}' is defined multiple times in a template.")
    needs = {key: _needed(one, by_id) - {key} for key, one in by_id.items()}
    ordered: list[Planned] = []
    while needs:
        ready = [key for key, needed in needs.items() if not needed & needs.keys()]
        if not ready:
            raise invalid_template(
                f"Circular dependency detected on resource: '{by_id[next(iter(needs))].id}'."
            )
        ordered += [by_id[key] for key in ready]
        for key in ready:
            del needs[key]
    return ordered


def _needed(planned: Planned, by_id: dict[str, Planned]) -> set[str]:
    """A name in `dependsOn` may be an id, or a bare name; one that is not in the template asks for nothing."""
    wanted = [need.lower().strip("/") for need in planned.depends_on]
    return {key for key in by_id for need in wanted if key.strip("/") == need or key.endswith(f"/{need}")}
