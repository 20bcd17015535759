"""Two months of the second year: January as it was, and February drifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .schema import DECIMALS
from .tables import SECOND_YEAR_ROWS, second_year

if TYPE_CHECKING:
    from pandas import DataFrame

TIMESTAMP = "Datetime"
BASELINE_DAY = "2022-01-01"
DRIFTED_DAY = "2022-02-01"


def baseline(seed: int, rows: int = SECOND_YEAR_ROWS) -> DataFrame:
    """The second year, dated 2022-01-01."""
    return _dated(second_year(seed, rows), BASELINE_DAY)


def drifted(seed: int, rows: int = SECOND_YEAR_ROWS) -> DataFrame:
    """The same patients with one more pregnancy, 1.2 times the age and 1.1 times the BMI, dated 2022-02-01."""
    table = second_year(seed, rows)
    table["Pregnancies"] += 1
    table["Age"] = (table["Age"] * 1.2).round().astype("int64")
    table["BMI"] = (table["BMI"] * 1.1).round(DECIMALS["BMI"])
    return _dated(table, DRIFTED_DAY)


def _dated(table: DataFrame, day: str) -> DataFrame:
    from pandas import Timestamp

    table[TIMESTAMP] = Timestamp(day)
    return table
