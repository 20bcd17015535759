"""Files of one patient each, as batch scoring gets them: eight values, no header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .randomness import checked_rows, stream
from .schema import FEATURES
from .tables import SECOND_YEAR_ROWS, second_year

if TYPE_CHECKING:
    from pandas import DataFrame

FILES = 100


def batch_files(seed: int, files: int = FILES) -> dict[str, str]:
    """Their text by name: 1.csv, 2.csv and so on, for the rows of `batch_rows` in order."""
    features = batch_rows(seed, files)[list(FEATURES)]
    lines = features.to_csv(header=False, index=False, lineterminator="\n").splitlines(keepends=True)
    return {f"{number}.csv": line for number, line in enumerate(lines, start=1)}


def batch_rows(seed: int, files: int = FILES) -> DataFrame:
    """The patients of the files, drawn from the second year without repetition, their labels included."""
    files = checked_rows(files, at_most=SECOND_YEAR_ROWS)
    table = second_year(seed)
    chosen = stream(seed, "batch").permutation(len(table))[:files]
    drawn: DataFrame = table.iloc[chosen].reset_index(drop=True)
    return drawn
