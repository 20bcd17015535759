"""`workshop emulator`: the personal Azure ML, started, stopped, looked at and emptied by hand."""

from __future__ import annotations

import json
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from course_runtime.cli.costs import costs
from course_runtime.cli.screen import say, warn

if TYPE_CHECKING:
    from course_runtime.emulator import Operation, Places

NOT_RUNNING = "The emulator is not running. `workshop emulator start` starts it."
LOST = "Everything in your own emulated Azure is removed, and cannot be had back. Go on?"
SECRETS = ("client_secret",)


def build_group() -> typer.Typer:
    group = typer.Typer(
        name="emulator",
        help="Your own Azure ML on this machine.",
        no_args_is_help=True,
        rich_markup_mode=None,
    )
    for command in (start, stop, status, costs, reset, coverage):
        group.command()(command)
    return group


def start(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="The proxy's port.")] = None,
) -> None:
    """Start it, and keep it until it is stopped."""
    from course_runtime.emulator import EmulatorClient
    from course_runtime.grading import ensure_background

    places = _places()
    found, notes = ensure_background(places, port=port)
    EmulatorClient(places).keep()
    for note in notes:
        warn(note)
    say(*described({**found, "idle_seconds": None}))


def stop() -> None:
    """Stop it; what is in it is kept."""
    from course_runtime.grading import stop_background

    say("Stopped. What was in it is kept." if stop_background(_places()) else "It was not running.")


def status(
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    env: Annotated[
        bool, typer.Option("--env", help='For a shell: eval "$(workshop emulator status --env)"')
    ] = False,
) -> None:
    """Show where it is and how to use it.

    Exit code 1 when it is not running.
    """
    from course_runtime.grading import current_status

    places = _places()
    found = current_status(places)
    if as_json:
        say(json.dumps(without_secrets(found) if found else {"running": False, "state": str(places.state)}))
    elif found is None:
        warn(NOT_RUNNING)
    else:
        say(*(exports(places) if env else described(found)))
    raise typer.Exit(0 if found else 1)


def reset(yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False) -> None:
    """Empty it: your own cloud is as on the first day."""
    from course_runtime.cli.reset import agreed
    from course_runtime.emulator import EmulatorClient
    from course_runtime.grading import ensure_background

    if not yes and not agreed(LOST):
        say("Nothing was changed.")
        raise typer.Exit(1)
    places = _places()
    ensure_background(places)
    EmulatorClient(places).reset()
    say("Your emulated Azure is as on the first day: a new subscription, a resource group and a workspace.")


def coverage(
    group: Annotated[str | None, typer.Argument(help="One group only, such as compute.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show which operations of azure-ai-ml the emulator answers."""
    from course_runtime.emulator import coverage as derive

    operations = derive(group)
    if as_json:
        say(json.dumps([vars(one) for one in operations], indent=2))
    elif operations:
        for line in covered(operations):
            say(line)
    else:
        warn(f"azure-ai-ml has no group {group!r}. `workshop emulator coverage` lists them all.")
        raise typer.Exit(2)


def covered(operations: Sequence[Operation]) -> Iterator[str]:
    """By group; what is not whole says why, and at the end how many there are of each."""
    for name, group in groupby(operations, key=lambda one: one.group):
        yield f"{name}"
        for one in group:
            yield f"  {one.state:<12} {one.name}" + (f"  ({one.why})" if one.why else "")
    counts: Counter[str] = Counter(one.state for one in operations)
    yield ", ".join(f"{counts[state]} {state}" for state in ("implemented", "partial", "not yet", "unclear"))


def described(found: dict[str, Any]) -> list[str]:
    """For a person to read; never the secret."""
    access, idle = found["access"], found["idle_seconds"]
    until = f"until it has been idle for {idle / 60:.0f} min" if idle else "until `workshop emulator stop`"
    rows = {
        "Proxy": f"http://127.0.0.1:{found['port']}",
        "Running": f"{found['seconds'] / 60:.0f} min, {until} (version {found['version']}, process {found['pid']})",
        "In it": f"{found['resources']} resources; {found['requests']} requests so far",
        "Subscription": access["subscription_id"],
        "Group": access["resource_group"],
        "Workspace": access["workspace"],
        "State": found["state"],
    }
    use = [
        "",
        "Use it:  workshop exec -- python my_script.py",
        '     or: eval "$(workshop emulator status --env)"',
    ]
    return [f"{name + ':':<14}{value}" for name, value in rows.items()] + use


def without_secrets(found: dict[str, Any]) -> dict[str, Any]:
    access = {name: value for name, value in found["access"].items() if name not in SECRETS}
    return {"running": True, **found, "access": access}


def exports(places: Places) -> list[str]:
    """Lines for a POSIX shell. They hold the cloud's secret, which is worth nothing outside this machine."""
    from course_runtime.emulator import EmulatorClient

    environment = EmulatorClient(places).personal().environment()
    return [f"export {name}={shlex.quote(value)}" for name, value in environment.items()]


def _places() -> Places:
    from course_runtime.cli.places import places_for

    return places_for(Path.cwd())
