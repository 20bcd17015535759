"""The raw table: the first year with holes, for the cleaning exercises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .randomness import stream
from .schema import DECIMALS, FEATURES
from .tables import FIRST_YEAR_ROWS, clean

if TYPE_CHECKING:
    from pandas import DataFrame

FEWEST, MOST = 0.01, 0.02
"""The share of nulls in a feature; each has its own. PatientID and Diabetic have none."""
SHOWN = 10
"""So many rows at either end are whole: who only looks at head and tail finds nothing."""


def raw(seed: int, rows: int = FIRST_YEAR_ROWS) -> DataFrame:
    """`clean(seed, rows)` with nulls; whole numbers stay whole, in pandas' nullable Int64."""
    table = clean(seed, rows)
    for feature in FEATURES:
        if feature not in DECIMALS:
            table[feature] = table[feature].astype("Int64")
    random = stream(seed, "nulls")
    hidden = range(SHOWN, len(table) - SHOWN)
    for feature in FEATURES:
        holes = round(random.uniform(FEWEST, MOST) * len(table))
        table.loc[random.permutation(hidden)[:holes], feature] = None
    return table
