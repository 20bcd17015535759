"""How graders put things into words: the same form in every module's messages."""

from __future__ import annotations

from collections.abc import Iterable

MOST = 8


def listed(items: Iterable[object], most: int = MOST) -> str:
    """One line for each item, indented; of many, the first ones and how many more there are."""
    every = list(items)
    shown = [f"  {item}" for item in every[:most]]
    if len(every) > most:
        shown.append(f"  ... and {len(every) - most} more")
    return "\n".join(shown)
