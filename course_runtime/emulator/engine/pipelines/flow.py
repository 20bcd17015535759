"""Control-flow nodes as the SDK writes them: `if_else`, `do_while` and `parallel_for`, which steer other nodes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from course_runtime.emulator.engine.pipelines.sources import FromNode, FromParent, Source, source_of
from course_runtime.emulator.kernel.errors import user_error

IF_ELSE, DO_WHILE, PARALLEL_FOR = "if_else", "do_while", "parallel_for"
LOOPS = (DO_WHILE, PARALLEL_FOR)
FLOW = (IF_ELSE, *LOOPS)
MOST_ITERATIONS = 1000
NODE = re.compile(r"\$\{\{\s*parent\.jobs\.([\w-]+)\s*\}\}")
PORT = re.compile(r"\$\{\{\s*parent\.jobs\.[\w-]+\.(?:in|out)puts\.([\w.-]+)\s*\}\}")
KEY = re.compile(r"[A-Za-z0-9_-]{1,100}")
Body = Mapping[str, Any]


def inputs_of(name: str, kind: str, body: Body) -> dict[str, Source]:
    """What a control-flow node itself waits for; a loop waits for what its body takes, too."""
    if kind == IF_ELSE:
        return {"condition": source_of(body.get("condition"))}
    if kind == PARALLEL_FOR:
        items = source_of(body.get("items"))
        if isinstance(items, FromParent | FromNode):
            return {"items": items}
        found = items_of(name, body.get("items"))
        return {f"items.{key}.{port}": one for key, item in found.items() for port, one in item.items()}
    return {}


def body_of(name: str, body: Body) -> str:
    """The node that a loop repeats."""
    found = NODE.fullmatch(str(body.get("body")).strip())
    if not found:
        raise user_error(f"The loop '{name}' has no body: it must name the step that it repeats.")
    return found[1]


def blocks_of(name: str, body: Body) -> dict[bool, list[str]]:
    """Which nodes run when the condition is true, and which when it is false."""
    found = {outcome: _block(name, body.get(f"{str(outcome).lower()}_block")) for outcome in (True, False)}
    if not found[True] and not found[False]:
        raise user_error(
            f"The condition '{name}' steers no step: true_block, false_block or both must name one."
        )
    both = sorted(set(found[True]) & set(found[False]))
    if both:
        raise user_error(f"The step '{both[0]}' stands in both blocks of the condition '{name}'.")
    return found


def _block(name: str, given: Any) -> list[str]:
    found = []
    for one in given if isinstance(given, list) else [given] if given else []:
        reference = NODE.fullmatch(str(one).strip())
        if not reference:
            raise user_error(
                f"A block of the condition '{name}' names steps, as ${{{{parent.jobs.step}}}}; {one!r} came."
            )
        found.append(reference[1])
    return found


@dataclass(frozen=True)
class DoWhile:
    most: int
    """How often the body runs at most."""
    condition: str
    """The body's output that says whether it runs once more; empty for a loop that only its limit ends."""
    mapping: Mapping[str, str]
    """Which of the body's inputs takes which of its outputs the next time."""


def do_while(name: str, body: Body) -> DoWhile:
    most = (body.get("limits") or {}).get("max_iteration_count")
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= MOST_ITERATIONS:
        raise user_error(
            f"The loop '{name}' needs max_iteration_count, a whole number from 1 to {MOST_ITERATIONS}; {most!r} came."
        )
    mapping = {
        _port(port): _port(output)
        for output, ports in (body.get("mapping") or {}).items()
        for port in (ports if isinstance(ports, list) else [ports])
    }
    return DoWhile(most, _port(body.get("condition") or ""), mapping)


def _port(given: Any) -> str:
    """An input's or output's name, alone or as `${{parent.jobs.step.outputs.name}}`."""
    found = PORT.fullmatch(str(given).strip())
    return found[1] if found else str(given)


def items_of(name: str, given: Any) -> dict[str, dict[str, Source]]:
    """What each run of a parallel_for's body is given, by the item's key or number. `given`: JSON, or what it says."""
    try:
        items = json.loads(given) if isinstance(given, str) else given
    except ValueError:
        raise user_error(f"The items of '{name}' are no JSON: {given!r}.") from None
    if isinstance(items, list):
        items = {str(number): item for number, item in enumerate(items, 1)}
    if not isinstance(items, Mapping) or not all(isinstance(item, Mapping) for item in items.values()):
        raise user_error(
            f"The items of '{name}' must be a list or an object whose members are objects, each with the inputs of "
            f"one run; {given!r} came."
        )
    unusable = [key for key in items if not KEY.fullmatch(str(key))]
    if unusable:
        raise user_error(
            f"The item '{unusable[0]}' of '{name}' cannot name a job: letters, digits, '_' and '-' were expected."
        )
    return {
        str(key): {str(port): source_of(value) for port, value in item.items()} for key, item in items.items()
    }


def concurrency(name: str, body: Body) -> int | None:
    """How many runs of a parallel_for's body there are at once at most; None: all."""
    given = body.get("max_concurrency")
    if given is not None and (isinstance(given, bool) or not isinstance(given, int) or given < 1):
        raise user_error(f"max_concurrency of '{name}' must be a whole number of 1 or more, {given!r} came.")
    return given
