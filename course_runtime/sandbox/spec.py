"""What a worker is to be given, and its form on the way to the zygote."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from .limits import Limits

WORK_DIRECTORY = "/student"  # where a jailed worker starts, and its HOME
DOOR_PORT = 4430
DOOR_PLACEHOLDER = "{door}"


@dataclass(frozen=True)
class JailSpec:
    """`environment` is all the worker sees of one; `{door}` in its values becomes the door's port.

    `readable` paths are bound read-only at their own place; `hidden` ones are masked, whatever binds them.
    `writable` folders are bound at their own place too and become the worker's own: what it writes there stays,
    and a socket that it binds there is reached from outside.
    """

    environment: Mapping[str, str]
    readable: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    fresh: bool = False
    """A Python of its own in the jail, instead of a fork of the zygote."""
    more_to_come: bool = False
    """Another worker with these walls will be asked for: its jail is made ahead."""


def spec_to_json(spec: JailSpec) -> bytes:
    return json.dumps(
        {
            "environment": dict(spec.environment),
            "readable": list(spec.readable),
            "writable": list(spec.writable),
            "hidden": list(spec.hidden),
            "limits": asdict(spec.limits),
            "fresh": spec.fresh,
            "more_to_come": spec.more_to_come,
        }
    ).encode()


def spec_from_json(text: bytes) -> JailSpec:
    fields = json.loads(text)
    return JailSpec(
        environment=fields["environment"],
        readable=tuple(fields["readable"]),
        writable=tuple(fields["writable"]),
        hidden=tuple(fields["hidden"]),
        limits=Limits(**fields["limits"]),
        fresh=fields["fresh"],
        more_to_come=fields["more_to_come"],
    )
