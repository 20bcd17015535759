"""Forecasters: what the last values say alone, and regressors that learn from the calendar and from lags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Frame = Any
SMOOTHING = 0.3
CALENDAR = ("_step", "_month", "_day", "_weekday", "_hour")


class Forecaster:
    """`fit` on a table with the time column; `predict` for rows of later times, in the order they come in.

    Each series (the rows that agree in the series columns) is forecast on its own by the simple methods, and
    together, with its columns as features, by a regressor.
    """

    def __init__(
        self,
        method: str,
        time: str,
        series: tuple[str, ...],
        target: str,
        season: int = 1,
        regressor: Any = None,
    ) -> None:
        self.method = method
        self.time = time
        self.series = series
        self.target = target
        self.season = max(season, 1)
        self.regressor = regressor
        self.history: dict[tuple[Any, ...], list[float]] = {}
        self.start: Any = None
        self.last: dict[tuple[Any, ...], Any] = {}

    def fit(self, table: Frame) -> Forecaster:
        import pandas

        ordered = table.assign(**{self.time: pandas.to_datetime(table[self.time])}).sort_values(self.time)
        self.start = ordered[self.time].min()
        for key, rows in self._by_series(ordered):
            self.history[key] = [float(value) for value in rows[self.target]]
            self.last[key] = rows[self.time].max()
        if self.regressor is not None:
            features = self.features(ordered.drop(columns=[self.target]))
            self.regressor.fit(features, ordered[self.target])
        return self

    def predict(self, table: Frame) -> Any:
        import numpy
        import pandas

        rows = table.drop(columns=[self.target], errors="ignore")
        rows = rows.assign(**{self.time: pandas.to_datetime(rows[self.time])})
        if self.regressor is not None:
            return self.regressor.predict(self.features(rows))
        result = numpy.zeros(len(rows))
        places = pandas.Series(range(len(rows)), index=rows.index)
        for key, some in self._by_series(rows):
            for step, index in enumerate(some.sort_values(self.time).index):
                result[places[index]] = self._simple(self.history.get(key, [0.0]), step)
        return result

    def _simple(self, history: list[float], step: int) -> float:
        if self.method == "Naive":
            return history[-1]
        if self.method == "SeasonalNaive":
            season = min(self.season, len(history))
            return history[-season + step % season]
        if self.method == "SeasonalAverage":
            season = min(self.season, len(history))
            same = history[len(history) - season + step % season :: -season]
            return sum(same) / len(same)
        if self.method == "ExponentialSmoothing":
            level = history[0]
            for value in history[1:]:
                level += SMOOTHING * (value - level)
            return level
        return sum(history) / len(history)

    def _by_series(self, table: Frame) -> Iterator[tuple[tuple[Any, ...], Frame]]:
        if not self.series:
            yield (), table
            return
        for key, rows in table.groupby(list(self.series), sort=False):
            yield key if isinstance(key, tuple) else (key,), rows

    def features(self, table: Frame) -> Frame:
        moments = table[self.time].dt
        return table.drop(columns=[self.time]).assign(
            _step=(table[self.time] - self.start).dt.total_seconds() / 86_400,
            _month=moments.month,
            _day=moments.day,
            _weekday=moments.weekday,
            _hour=moments.hour,
        )


def rolling_origins(times: Any, horizon: int, folds: int) -> Iterator[tuple[Any, Any]]:
    """Masks of training and validation rows: each fold forecasts the `horizon` moments after its origin."""
    moments = sorted(set(times))
    folds = max(1, min(folds, (len(moments) - 1) // horizon))
    for fold in range(folds, 0, -1):
        end = len(moments) - (fold - 1) * horizon
        start = max(end - horizon, 1)
        inside = set(moments[start:end])
        before = set(moments[:start])
        yield times.isin(before), times.isin(inside)
