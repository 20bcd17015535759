"""From a table as it comes to numbers that any estimator takes: nulls filled, categories encoded, columns scaled."""

from __future__ import annotations

from typing import Any

MOST_CATEGORIES = 50
Frame = Any
Transformer = Any


def without_useless(table: Frame, keep: tuple[str, ...] = ()) -> list[str]:
    """The columns worth learning from: not constant, and not a name or number that every row has of its own."""
    from pandas.api import types

    def is_useful(column: str) -> bool:
        values = table[column]
        different = values.nunique(dropna=False)
        is_key = (
            different == len(values) and not types.is_float_dtype(values) and len(values) > MOST_CATEGORIES
        )
        return different > 1 and not is_key

    return [column for column in table.columns if column in keep or is_useful(column)]


def preprocessor(features: Frame, scaler: str, *, featurize: bool) -> Transformer:
    """`featurize` False leaves everything but scaling to whoever made the table."""
    from sklearn.compose import ColumnTransformer  # type: ignore[import-untyped]
    from sklearn.impute import SimpleImputer  # type: ignore[import-untyped]
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]
    from sklearn.preprocessing import OneHotEncoder  # type: ignore[import-untyped]

    numbers, categories = _split(features)
    if not featurize:
        return ColumnTransformer([("numbers", _scaler(scaler), numbers)], remainder="passthrough")
    filled = make_pipeline(SimpleImputer(strategy="mean"), _scaler(scaler))
    encoded = make_pipeline(
        SimpleImputer(strategy="most_frequent"),
        OneHotEncoder(
            handle_unknown="infrequent_if_exist", max_categories=MOST_CATEGORIES, sparse_output=False
        ),
    )
    return ColumnTransformer([("numbers", filled, numbers), ("categories", encoded, categories)])


def _split(features: Frame) -> tuple[list[str], list[str]]:
    from pandas.api import types

    numbers = [
        column
        for column in features.columns
        if types.is_numeric_dtype(features[column]) and not types.is_bool_dtype(features[column])
    ]
    return numbers, [column for column in features.columns if column not in numbers]


def _scaler(name: str) -> Transformer:
    from sklearn import preprocessing  # type: ignore[import-untyped]

    scalers = {
        "MinMaxScaler": preprocessing.MinMaxScaler(clip=True),
        "MaxAbsScaler": preprocessing.MaxAbsScaler(),
        "StandardScalerWrapper": preprocessing.StandardScaler(),
    }
    return scalers[name]
