"""Values that break careless code, and requests that are right but for one place."""

from __future__ import annotations

import copy
import os
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

EXAMPLES = int(os.environ.get("MALFORMED_EXAMPLES", "0"))
"""How many requests each test makes; when it is left out, the same few in every run."""

TRIES = settings(
    max_examples=EXAMPLES or 60,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
METHODS = st.sampled_from(["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"])
EDGES = ["", "x", "a b", "[", "[variables('a')]", "\u0000", "\U0001f600", "ß" * 200, "/", "../..", "%00"]
EDGES += [
    "\r\nA: b",
    "<a/>",
    "$top",
    "-1",
    "1e999",
    "0001-01-01T00:00:00Z",
    "9" * 40,
    "PT",
    "/subscriptions/x",
]
EDGES += ["azureml:", "azureml://x", "https://", "None", "P99999999D", "٣", "2026-13-45T99:00:00Z"]
TEXTS = st.sampled_from(EDGES) | st.text(max_size=8)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXTS
SEGMENTS = TEXTS.filter(lambda text: "\n" not in text)
"""The control socket's own routes end at a line break; `services/arm/test_handlers.py` sends one by the door."""
HEADER_TEXTS = st.text(
    st.characters(max_codepoint=255, min_codepoint=32, exclude_characters="\x7f"), max_size=30
)
NUMBERS = st.sampled_from([-1, 0, 10**9, 2**63, 2**80, -(2**63), 1e300, 0.5])
VALUES = st.recursive(
    SCALARS | NUMBERS | st.just("a" * 70_000),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to everything inside a body."""
    found = [path]
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        found += places(inner, (*path, key))
    return found


def replaced(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    changed = copy.deepcopy(body)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


@st.composite
def nearly(draw: st.DrawFn, body: Any) -> Any:
    """A good body with one or two places spoiled."""
    for _ in range(draw(st.integers(1, 2))):
        body = replaced(body, draw(st.sampled_from(places(body))), draw(VALUES))
    return body
