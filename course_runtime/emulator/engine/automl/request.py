"""What an AutoML job asks for, checked: the task, the data's columns, the limits, which algorithms may run."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from course_runtime.emulator.kernel.errors import user_error
from course_runtime.emulator.services.workspaces import durations

CLASSIFICATION = (
    *("LogisticRegression", "GradientBoosting", "RandomForest", "DecisionTree", "ExtremeRandomTrees"),
    *("KNN", "SGD", "BernoulliNaiveBayes", "MultinomialNaiveBayes", "LinearSVM", "SVM"),
)
REGRESSION = (
    *("ElasticNet", "GradientBoosting", "RandomForest", "DecisionTree", "ExtremeRandomTrees"),
    *("LassoLars", "KNN", "SGD"),
)
FORECASTERS = ("Naive", "SeasonalNaive", "Average", "SeasonalAverage", "ExponentialSmoothing")
ALGORITHMS: Mapping[str, tuple[str, ...]] = {
    "classification": CLASSIFICATION,
    "regression": REGRESSION,
    "forecasting": (*FORECASTERS, *REGRESSION),
}
NOT_IN_THE_KIT = (
    "LightGBM",
    "XGBoostClassifier",
    "XGBoostRegressor",
    "AutoArima",
    "Arimax",
    "Prophet",
    "TCNForecaster",
)
CLASSIFICATION_METRICS = {
    "accuracy": "accuracy",
    "aucweighted": "AUC_weighted",
    "averageprecisionscoreweighted": "average_precision_score_weighted",
    "normmacrorecall": "norm_macro_recall",
    "precisionscoreweighted": "precision_score_weighted",
}
REGRESSION_METRICS = {
    "spearmancorrelation": "spearman_correlation",
    "normalizedrootmeansquarederror": "normalized_root_mean_squared_error",
    "r2score": "r2_score",
    "normalizedmeanabsoluteerror": "normalized_mean_absolute_error",
}
METRICS = {
    "classification": CLASSIFICATION_METRICS,
    "regression": REGRESSION_METRICS,
    "forecasting": REGRESSION_METRICS,
}
LESS_IS_BETTER = ("normalized_root_mean_squared_error", "normalized_mean_absolute_error")
MOST_TRIALS_BY_DEFAULT = 40
FOLDS_BY_DEFAULT = 5


@dataclass(frozen=True)
class SearchRequest:
    task: str
    target: str
    metric: str
    training: str = ""
    validation: str | None = None
    validation_share: float | None = None
    folds: int | None = None
    weight: str | None = None
    algorithms: tuple[str, ...] = ()
    most_trials: int = MOST_TRIALS_BY_DEFAULT
    seconds: float = 6 * 3600.0
    seconds_a_trial: float = 1800.0
    exit_score: float | None = None
    stops_early: bool = True
    ensemble: bool = True
    featurize: bool = True
    time_column: str | None = None
    series: tuple[str, ...] = ()
    horizon: int = 1
    season: int = 1
    notes: tuple[str, ...] = field(default=())

    @property
    def maximize(self) -> bool:
        return self.metric not in LESS_IS_BETTER

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> SearchRequest:
        fields: dict[str, Any] = json.loads(text)
        lists = ("algorithms", "series", "notes")
        fields |= {name: tuple(fields[name]) for name in lists}
        return cls(**fields)


def read(details: Mapping[str, Any]) -> SearchRequest:
    """From a job's `taskDetails`; AzureError, in words, for what cannot be run."""
    task = str(details.get("taskType")).lower()
    if task not in ALGORITHMS:
        raise user_error(
            f"AutoML for '{details.get('taskType')}' is not done here: Classification, Regression and Forecasting on "
            "tables are. Images and text need deep networks and hardware that this Azure does not have."
        )
    target = details.get("targetColumnName")
    if not target:
        raise user_error("An AutoML job needs target_column_name: the column to predict; none came.")
    limits = details.get("limitSettings") or {}
    training = details.get("trainingSettings") or {}
    allowed, notes = _algorithms(task, training)
    folds, share = _validation(details)
    forecasting = details.get("forecastingSettings") or {}
    if task == "forecasting" and not forecasting.get("timeColumnName"):
        raise user_error(
            "A forecasting job needs set_forecast_settings(time_column_name=...): no time column came."
        )
    return SearchRequest(
        task=task,
        target=str(target),
        metric=_metric(task, details.get("primaryMetric")),
        validation_share=share,
        folds=folds,
        weight=details.get("weightColumnName"),
        algorithms=allowed,
        most_trials=_positive(limits, "maxTrials", MOST_TRIALS_BY_DEFAULT),
        seconds=_seconds(limits, "timeout", "PT6H"),
        seconds_a_trial=_seconds(limits, "trialTimeout", "PT30M"),
        exit_score=limits.get("exitScore"),
        stops_early=limits.get("enableEarlyTermination") is not False,
        ensemble=training.get("enableVoteEnsemble") is not False and task != "forecasting",
        featurize=str((details.get("featurizationSettings") or {}).get("mode", "auto")).lower() != "off",
        time_column=forecasting.get("timeColumnName"),
        series=tuple(forecasting.get("timeSeriesIdColumnNames") or ()),
        horizon=int(_custom(forecasting.get("forecastHorizon"), 1)),
        season=int(_custom(forecasting.get("seasonality"), 1)),
        notes=notes,
    )


def _metric(task: str, given: Any) -> str:
    known = METRICS[task]
    default = "accuracy" if task == "classification" else "normalizedrootmeansquarederror"
    key = str(given or default).replace("_", "").lower()
    if key not in known:
        raise user_error(
            f"The primary metric '{given}' is not one of {task}: {', '.join(known.values())} were expected."
        )
    return known[key]


def _algorithms(task: str, training: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    there = ALGORITHMS[task]
    wanted = training.get("allowedTrainingAlgorithms") or []
    blocked = training.get("blockedTrainingAlgorithms") or []
    both = sorted(set(wanted) & set(blocked))
    if both:
        raise user_error(
            f"The algorithms {', '.join(both)} are both allowed and blocked: name each in one list only."
        )
    unknown = [name for name in (*wanted, *blocked) if name not in there and name not in NOT_IN_THE_KIT]
    if unknown:
        raise user_error(
            f"AutoML knows no algorithm {', '.join(map(repr, unknown))} for {task}; it knows {', '.join(there)}."
        )
    left = tuple(name for name in there if (not wanted or name in wanted) and name not in blocked)
    missing = [name for name in wanted if name in NOT_IN_THE_KIT]
    notes = (f"{', '.join(missing)}: not in this kit, so not tried.",) if missing else ()
    if not left:
        raise user_error(
            "No algorithm is left to try: "
            + (f"{', '.join(missing)} is not in this kit. " if missing else "all were blocked. ")
            + f"Allow at least one of {', '.join(there)}."
        )
    return left, notes


def _validation(details: Mapping[str, Any]) -> tuple[int | None, float | None]:
    share = details.get("validationDataSize")
    if share is not None and not 0 < share < 1:
        raise user_error(f"validation_data_size must lie between 0 and 1, {share} came.")
    folds = details.get("nCrossValidations")
    if folds is None:
        return None, share
    if details.get("validationData"):
        raise user_error("n_cross_validations and validation_data exclude each other: name one of the two.")
    count = _custom(folds, FOLDS_BY_DEFAULT)
    if not isinstance(count, int) or count < 2:
        raise user_error(f"n_cross_validations must be a whole number of 2 or more, {count} came.")
    return count, share


def _custom(setting: Any, default: float) -> Any:
    """Azure's "a number, or leave it to the service"."""
    if isinstance(setting, Mapping):
        return setting.get("value", default) if str(setting.get("mode")).lower() == "custom" else default
    return default if setting is None else setting


def _positive(limits: Mapping[str, Any], name: str, default: int) -> int:
    value = limits.get(name) or default
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise user_error(f"The limit {name} must be a whole number of 1 or more, {value!r} came.")
    return value


def _seconds(limits: Mapping[str, Any], name: str, default: str) -> float:
    return float(durations.seconds(limits.get(name) or default, name))
