"""The two clean tables: the first year, and the second with a few of the same patients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .patients import first_year_patients, second_year_patients
from .randomness import checked_rows, checked_seed, stream
from .sampling import draw_features, draw_labels
from .schema import LABEL, PATIENT

if TYPE_CHECKING:
    from numpy.random import Generator
    from pandas import DataFrame

    from .patients import Numbers

FIRST_YEAR_ROWS = 10_000
SECOND_YEAR_ROWS = 5_000
RETURNING = 55
MOST_ROWS = 500_000


def clean(seed: int, rows: int = FIRST_YEAR_ROWS) -> DataFrame:
    """The first year: no nulls, no row twice."""
    rows = checked_rows(rows, MOST_ROWS)
    return _table(first_year_patients(seed, rows), stream(seed, "clean"))


def second_year(seed: int, rows: int = SECOND_YEAR_ROWS) -> DataFrame:
    """New measures of the same kind. 11 in 1,000 rows are patients of `clean(seed)`, none of its rows comes again."""
    rows = checked_rows(rows, MOST_ROWS)
    returning = rows * RETURNING // SECOND_YEAR_ROWS
    first_year = first_year_patients(checked_seed(seed), FIRST_YEAR_ROWS)
    return _table(second_year_patients(first_year, seed, rows, returning), stream(seed, "second year"))


def _table(patients: Numbers, random: Generator) -> DataFrame:
    from pandas import DataFrame

    diabetic = draw_labels(random, len(patients))
    features = draw_features(random, diabetic)
    return DataFrame({PATIENT: patients, **features, LABEL: diabetic.astype("int64")})
