"""How the minutes of a part are shared out among its TODOs."""

from __future__ import annotations

from collections.abc import Sequence


def shared_minutes(alone: Sequence[int], available: int) -> list[int]:
    """What each TODO gets of the minutes available, in proportion to what it takes somebody alone.

    Whole minutes, `available` in all; where nothing is known of any TODO, each gets as much as the others.
    """
    if not alone:
        return []
    weights = list(alone) if any(alone) else [1] * len(alone)
    whole, begun, shares = sum(weights), 0, []
    for weight in weights:
        shares.append((begun + weight) * available // whole - begun * available // whole)
        begun += weight
    return shares
