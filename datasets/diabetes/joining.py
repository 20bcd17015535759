"""The first year in two files to be joined on Id: ages in one, the seven other measures in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .randomness import stream
from .schema import FEATURES, PATIENT
from .tables import FIRST_YEAR_ROWS, clean

if TYPE_CHECKING:
    from pandas import DataFrame

KEY = "Id"
AGE = "Age"
MEASURES = tuple(feature for feature in FEATURES if feature != AGE)


def patient_files(seed: int, rows: int = FIRST_YEAR_ROWS) -> dict[str, DataFrame]:
    """By file name. The rows stand in different orders, so that only a join puts them together rightly."""
    table = clean(seed, rows)
    table.insert(0, KEY, range(1, len(table) + 1))
    shuffled = table.iloc[stream(seed, "joining").permutation(len(table))]
    return {
        "patient-age.csv": table[[KEY, PATIENT, AGE]],
        "patient-levels.csv": shuffled[[KEY, PATIENT, *MEASURES]].reset_index(drop=True),
    }
