"""The few signs that a terminal is drawn with, and plain ones for a terminal that has no others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    passed: str
    failed: str
    open: str
    left_out: str
    full: str
    empty: str
    dot: str

    def bar(self, done: float, total: float, width: int) -> tuple[str, str]:
        """The filled and the empty part. Full only when all is done, empty only when nothing is."""
        share = min(max(done / total, 0.0), 1.0) if total else 0.0
        filled = round(share * width)
        if 0 < share < 1:
            filled = min(max(filled, 1), width - 1)
        return self.full * filled, self.empty * (width - filled)


UNICODE = Marks("✓", "✗", "○", "-", "━", "─", "·")
ASCII = Marks("+", "x", "o", "-", "#", ".", "|")


def marks_for(encoding: str) -> Marks:
    return UNICODE if encoding.lower().replace("-", "").startswith("utf") else ASCII
