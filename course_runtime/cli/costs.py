"""`workshop emulator costs`: what the personal Azure ML would cost, had it been Azure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from course_runtime.cli.screen import say

if TYPE_CHECKING:
    from collections.abc import Mapping

NOTHING = "Nothing costs money by the hour now."
ABOUT = "It is what Azure would charge at list prices, by the emulator's own clock; nobody is charged anything here."


def costs(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show what costs money by the hour, and what everything has cost so far."""
    from course_runtime.cli.places import places_for
    from course_runtime.emulator import EmulatorClient
    from course_runtime.grading import ensure_background

    places = places_for(Path.cwd())
    ensure_background(places)
    report = EmulatorClient(places).personal().costs()
    say(*([json.dumps(report)] if as_json else reported(report)))


def reported(report: Mapping[str, Any]) -> Iterator[str]:
    """What runs first, the dearest at the top; then what has ended."""
    entries = sorted(report["resources"], key=lambda one: (-one["rate"], -one["spent"], one["id"]))
    for one in entries:
        now = f"${one['rate']:.3f} an hour for {one['what']}" if one["rate"] else "nothing now"
        yield f"{short_name(one['id'])}: {now}, ${one['spent']:.3f} so far"
    if not report["rate"]:
        yield NOTHING
    yield f"Together: ${report['rate']:.3f} an hour, ${report['spent']:.3f} so far. {ABOUT}"


def short_name(resource_id: str) -> str:
    """What comes after the resource's provider: workspaces/my-ws/onlineEndpoints/tiles/deployments/blue."""
    return resource_id.rpartition("/providers/")[2].partition("/")[2]
