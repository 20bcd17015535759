"""How each measure is spread, for healthy and for diabetic patients: the lumps of lumps.csv.

A lump is a range of values and how many of 10,000 healthy and of 10,000 diabetic patients lie in it. Inside it all
values are equally likely. The range includes both ends for whole numbers.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("lumps.csv")
WHOLE = 10_000


@dataclass(frozen=True)
class Lump:
    low: float
    high: float
    healthy: int
    diabetic: int


def load_lumps() -> dict[str, list[Lump]]:
    """The lumps of each feature, lowest values first."""
    lumps: dict[str, list[Lump]] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lumps.setdefault(row["feature"], []).append(_lump(row))
    return lumps


def _lump(row: dict[str, str]) -> Lump:
    return Lump(float(row["low"]), float(row["high"]), int(row["healthy"]), int(row["diabetic"]))
