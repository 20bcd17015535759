"""A trial of the search: an algorithm validated on the job's data, then fitted on all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from course_runtime.emulator.engine.automl import algorithms, featurization, forecasting, metrics
from course_runtime.emulator.engine.automl.request import FOLDS_BY_DEFAULT, FORECASTERS, SearchRequest
from course_runtime.emulator.engine.tables import TableError, read_table

FEW_ROWS = 1_000
MANY_ROWS = 20_000
SEED = 0
Frame = Any
Array = Any


class Unusable(Exception):
    """The data does not fit the job; the message says what was expected and what came."""


@dataclass
class Problem:
    """The data, split as the job asks: pairs of row positions to fit on and to validate on."""

    request: SearchRequest
    table: Frame
    features: list[str]
    splits: list[tuple[Array, Array]]
    rows: int
    classes: Array = None
    notes: tuple[str, ...] = ()

    @property
    def inputs(self) -> Frame:
        return self.table[self.features]

    @property
    def truth(self) -> Frame:
        return self.table[self.request.target]


@dataclass
class Evaluated:
    model: Any
    metrics: Mapping[str, float]
    out_of_sample: list[Array] = field(default_factory=list)
    """Predictions for each split's validation rows, so that an ensemble costs no more fits."""


def load(request: SearchRequest) -> Problem:
    try:
        table = read_table(Path(request.training))
        validation = read_table(Path(request.validation)) if request.validation else None
    except TableError as problem:
        raise Unusable(str(problem)) from None
    _require_columns(table, request)
    table = table.dropna(subset=[request.target]).reset_index(drop=True)
    splits, notes = _splits(request, table, validation)
    if validation is not None:
        import pandas

        table = pandas.concat([table, validation], ignore_index=True)
    needed = tuple(filter(None, (request.time_column, *request.series)))
    features = [
        column
        for column in featurization.without_useless(table, keep=needed)
        if column not in (request.target, request.weight)
    ]
    if not features:
        raise Unusable(f"No column but the target '{request.target}' is left to learn from.")
    classes = None
    if request.task == "classification":
        import numpy

        classes = numpy.unique(table[request.target])
        if len(classes) < 2:
            raise Unusable(
                f"The target column '{request.target}' has one value only ({classes[0]!r}): "
                "there is nothing to tell apart."
            )
    return Problem(request, table, features, splits, len(table), classes, notes)


def _require_columns(table: Frame, request: SearchRequest) -> None:
    wanted = [request.target, request.weight, request.time_column, *request.series]
    missing = [column for column in wanted if column and column not in table.columns]
    if missing:
        raise Unusable(
            f"The training data has no column {', '.join(map(repr, missing))}. It has: "
            f"{', '.join(map(str, table.columns))}."
        )


def _splits(
    request: SearchRequest, table: Frame, validation: Frame | None
) -> tuple[list[tuple[Array, Array]], tuple[str, ...]]:
    """As Azure chooses where the job does not: folds on few rows, a part held out on many."""
    import numpy

    count = len(table)
    if request.task == "forecasting":
        import pandas

        times = pandas.to_datetime(table[request.time_column])
        masks = forecasting.rolling_origins(times, request.horizon, request.folds or FOLDS_BY_DEFAULT)
        return [(numpy.flatnonzero(fit), numpy.flatnonzero(check)) for fit, check in masks], ()
    if validation is not None:
        return [(numpy.arange(count), numpy.arange(count, count + len(validation)))], ()
    if request.validation_share or (request.folds is None and count > MANY_ROWS):
        share = request.validation_share or 0.1
        return [_held_out(request, table, share)], (f"Validated on {share:.0%} of the rows, held out.",)
    folds = request.folds or (10 if count <= FEW_ROWS else 3)
    return _folds(request, table, folds), (f"Validated in {folds} folds.",)


def _stratify(request: SearchRequest, table: Frame, least: int) -> bool:
    return request.task == "classification" and table[request.target].value_counts().min() >= least


def _held_out(request: SearchRequest, table: Frame, share: float) -> tuple[Array, Array]:
    import numpy
    from sklearn.model_selection import train_test_split  # type: ignore[import-untyped]

    by = table[request.target] if _stratify(request, table, 2) else None
    fit, check = train_test_split(numpy.arange(len(table)), test_size=share, random_state=SEED, stratify=by)
    return fit, check


def _folds(request: SearchRequest, table: Frame, folds: int) -> list[tuple[Array, Array]]:
    from sklearn.model_selection import KFold, StratifiedKFold

    if len(table) < folds:
        raise Unusable(f"{folds} folds need at least {folds} rows; the training data has {len(table)}.")
    kind = StratifiedKFold if _stratify(request, table, folds) else KFold
    splitter = kind(folds, shuffle=True, random_state=SEED)
    return list(splitter.split(table, table[request.target]))


def evaluate(problem: Problem, algorithm: str, settings: Mapping[str, Any], seed: int) -> Evaluated:
    predictions = []
    for fit, check in problem.splits:
        model = _fitted(problem, algorithm, settings, seed, fit)
        predictions.append(_predicted(problem, model, check))
    model = _fitted(problem, algorithm, settings, seed, slice(None))
    return Evaluated(model, _measured(problem, predictions), predictions)


def vote(problem: Problem, members: Sequence[Evaluated]) -> Evaluated:
    """The mean of the members' predictions; they are fitted already, so it costs next to nothing."""
    from sklearn.ensemble import VotingClassifier, VotingRegressor  # type: ignore[import-untyped]
    from sklearn.frozen import FrozenEstimator  # type: ignore[import-untyped]

    named = [(f"member_{number}", FrozenEstimator(one.model)) for number, one in enumerate(members)]
    is_classification = problem.request.task == "classification"
    model = VotingClassifier(named, voting="soft") if is_classification else VotingRegressor(named)
    model.fit(problem.inputs, problem.truth)
    together = [
        sum(parts) / len(parts) for parts in zip(*(one.out_of_sample for one in members), strict=True)
    ]
    return Evaluated(model, _measured(problem, together), together)


def _fitted(problem: Problem, algorithm: str, settings: Mapping[str, Any], seed: int, rows: Any) -> Any:
    if problem.request.task == "forecasting":
        return _fitted_forecaster(problem, algorithm, settings, seed, rows)
    inputs, truth = problem.inputs.iloc[rows], problem.truth.iloc[rows]
    model = _pipeline(problem, inputs, algorithm, settings, seed)
    weights = problem.table[problem.request.weight].iloc[rows] if problem.request.weight else None
    last = model.steps[-1][0]
    return model.fit(inputs, truth, **({f"{last}__sample_weight": weights} if weights is not None else {}))


def _pipeline(problem: Problem, inputs: Frame, algorithm: str, settings: Mapping[str, Any], seed: int) -> Any:
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]

    make = algorithms.classifier if problem.request.task == "classification" else algorithms.regressor
    prepared = featurization.preprocessor(
        inputs, algorithms.scaler_for(algorithm), featurize=problem.request.featurize
    )
    return make_pipeline(prepared, make(algorithm, dict(settings), seed))


def _fitted_forecaster(
    problem: Problem, algorithm: str, settings: Mapping[str, Any], seed: int, rows: Any
) -> forecasting.Forecaster:
    request = problem.request
    time = str(request.time_column)
    made = forecasting.Forecaster(algorithm, time, request.series, request.target, request.season)
    table = problem.table[[*problem.features, request.target]].iloc[rows]
    if algorithm not in FORECASTERS:
        import pandas

        made.start = pandas.to_datetime(table[time]).min()
        shape = made.features(
            table.drop(columns=[request.target]).assign(**{time: pandas.to_datetime(table[time])})
        )
        made.regressor = _pipeline(problem, shape, algorithm, settings, seed)
    return made.fit(table)


def _predicted(problem: Problem, model: Any, rows: Array) -> Array:
    if problem.request.task == "classification":
        return _on_all_classes(problem, model, model.predict_proba(problem.inputs.iloc[rows]))
    return model.predict(problem.inputs.iloc[rows])


def _on_all_classes(problem: Problem, model: Any, probabilities: Array) -> Array:
    """A fold may have missed a class: it then gets probability 0."""
    import numpy

    result = numpy.zeros((len(probabilities), len(problem.classes)))
    result[:, numpy.searchsorted(problem.classes, model.classes_)] = probabilities
    return result


def _measured(problem: Problem, predictions: Sequence[Array]) -> dict[str, float]:
    """The mean over the splits."""
    measured = []
    for (_, check), predicted in zip(problem.splits, predictions, strict=True):
        truth = problem.truth.iloc[check]
        if problem.request.task == "classification":
            measured.append(metrics.classification(truth, predicted, problem.classes))
        else:
            measured.append(metrics.regression(truth, predicted))
    return {name: float(sum(one[name] for one in measured) / len(measured)) for name in measured[0]}
