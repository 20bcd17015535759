"""The regression table of the fundamentals track: scikit-learn's diabetes progression data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .errors import DatasetError

if TYPE_CHECKING:
    from pandas import DataFrame


def progression() -> DataFrame:
    """442 patients: ten standardised features named 0 to 9, and `target`, the progression after a year."""
    from pandas import DataFrame

    try:
        from sklearn.datasets import load_diabetes  # type: ignore[import-untyped]
    except ImportError:
        raise DatasetError(
            "This table comes with scikit-learn, which is not installed. "
            "Install it with: python -m pip install scikit-learn"
        ) from None
    features, target = load_diabetes(return_X_y=True)
    table = DataFrame(features, columns=[str(number) for number in range(features.shape[1])])
    table["target"] = target
    return table
