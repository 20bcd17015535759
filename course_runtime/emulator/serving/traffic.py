"""Which deployment answers the next request, so that even short runs keep the asked proportions."""

from __future__ import annotations

from collections.abc import Mapping

GOLDEN_RATIO = 0.6180339887498949
"""Its multiples, modulo one, fill the interval more evenly than chance does: a low-discrepancy sequence."""


class Split:
    """Deals requests out to names by their percentages; what the percentages are is asked each time."""

    def __init__(self) -> None:
        self._dealt = 0

    def next(self, shares: Mapping[str, int]) -> str | None:
        """The name whose turn it is; None where the turn belongs to nobody (shares of less than 100)."""
        self._dealt += 1
        position = (self._dealt * GOLDEN_RATIO % 1.0) * 100
        reached = 0
        for name, share in shares.items():
            reached += share
            if position < reached:
                return name
        return None
