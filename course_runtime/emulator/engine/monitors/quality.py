"""Data quality: how much of a column is missing, of the wrong type, or outside what the reference has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from course_runtime.emulator.engine.monitors.signals import Metric, is_numerical

Values = Any


def _nulls(reference: Values, now: Values) -> float:
    return float(now.isna().mean())


def _wrong_types(reference: Values, now: Values) -> float:
    """Only numbers can be of a wrong type: anything at all may be text."""
    import pandas

    if not is_numerical(reference):
        return 0.0
    given = now.dropna()
    return float(pandas.to_numeric(given, errors="coerce").isna().mean()) if len(given) else 0.0


def _out_of_bounds(reference: Values, now: Values) -> float:
    import pandas

    if not is_numerical(reference):
        given = now.dropna().astype(str)
        return float((~given.isin(set(reference.dropna().astype(str)))).mean()) if len(given) else 0.0
    numbers: Values = pandas.to_numeric(now, errors="coerce")
    numbers = numbers.dropna()
    outside = (numbers < reference.min()) | (numbers > reference.max())
    return float(outside.mean()) if len(numbers) else 0.0


METRICS: Mapping[str, Metric] = {
    "NullValueRate": Metric("NullValueRate", _nulls),
    "DataTypeErrorRate": Metric("DataTypeErrorRate", _wrong_types),
    "OutOfBoundsRate": Metric("OutOfBoundsRate", _out_of_bounds),
}
